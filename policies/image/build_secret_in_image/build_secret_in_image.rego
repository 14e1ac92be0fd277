# METADATA
# title: A secret of the build is in the image
# description: >-
#   What is mounted with `--secret` stands in `/run/secrets` while a step runs, and a file there
#   was written to a layer: a step copied the folder, or the builder does not mount it. Whoever may
#   pull the image may read it.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Build with a builder that mounts secrets, build the image anew without the layer, and replace
#     the secret.
#   since: 0.1.0
#   tags: [secrets]
package rollgate.image.build_secret_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.secret_files("build_secret")
	removal := image.removal(object.get(file, "removed", false))
	finding := result.fail(file.at, sprintf("`%s` is in the image: a secret of the build%s", [file.path, removal]))
}
