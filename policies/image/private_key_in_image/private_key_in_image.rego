# METADATA
# title: A private key is in the image
# description: >-
#   A file of a layer holds a private key. Whoever may pull the image has it, also where a later
#   layer removes the file, and all nodes share it.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Build the image anew without the layer, replace the key, and let nodes get theirs as a Secret
#     or by a MachineConfig of its own.
#   since: 0.1.0
#   tags: [secrets]
package rollgate.image.private_key_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.secret_files("private_key")
	removal := image.removal(object.get(file, "removed", false))
	finding := result.fail(file.at, sprintf("`%s` is in the image: a private key%s", [file.path, removal]))
}

deny contains finding if {
	some secret in input.image.secrets
	secret.kind == "private_key"
	not image.is_secret_path("cluster_credentials", secret.path)
	not image.is_secret_path("entitlement", secret.path)
	not image.is_secret_path("host_key", secret.path)
	removal := image.removal(object.get(secret, "removed", false))
	finding := result.fail(secret.at, sprintf("`%s` is in the image: a private key%s", [secret.path, removal]))
}
