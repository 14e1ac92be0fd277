# METADATA
# title: A password is in the image
# description: >-
#   An account has a password that is not locked. Every node has it, it can be tried offline by
#   whoever may pull the image, and it opens consoles and `su` beside all that the cluster knows
#   of.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Lock the account (`usermod -L`); use SSH keys from a MachineConfig where somebody has to log
#     in.
#   since: 0.1.0
#   tags: [access, secrets]
package rollgate.image.password_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some secret in input.image.secrets
	secret.kind == "password_hash"
	removal := image.removal(object.get(secret, "removed", false))
	finding := result.fail(secret.at, sprintf("`%s` is in the image: the hash of a password%s", [secret.path, removal]))
}
