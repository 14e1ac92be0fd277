# METADATA
# title: Keys for logging in are in the image
# description: >-
#   The image brings `authorized_keys` of an account. Whoever has one of the keys may log in to
#   every node, nothing in the cluster lists it, and taking it away needs a new image.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Set SSH keys with a MachineConfig (`passwd.users`), where they are seen and can be changed.
#   since: 0.1.0
#   tags: [access]
package rollgate.image.login_key_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.secret_files("login_key")
	removal := image.removal(object.get(file, "removed", false))
	finding := result.fail(file.at, sprintf("`%s` is in the image: keys for logging in%s", [file.path, removal]))
}
