# METADATA
# title: Credentials of a package repository are in the image
# description: >-
#   The file of a repository names a password or a client key. Whoever may pull the image, and
#   every account of a node, may read it.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Mount the file into the step that needs it (`--secret`), build the image anew without the
#     layer, and change the password.
#   since: 0.1.0
#   tags: [packages, secrets]
package rollgate.image.repository_credentials_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some secret in input.image.secrets
	secret.kind == "repository_credentials"
	removal := image.removal(object.get(secret, "removed", false))
	finding := result.fail(secret.at, sprintf("`%s` is in the image: credentials of a repository%s", [secret.path, removal]))
}
