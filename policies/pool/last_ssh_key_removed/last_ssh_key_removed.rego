# METADATA
# title: The last SSH key is removed
# description: >-
#   The running nodes of the pool have SSH keys for `core`, and the new config has none.
#   Removing them is applied without a reboot or a question, and takes with it the way in
#   that remains when the API server cannot be reached.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Keep a key of the team that is called at night; where the keys go on purpose, record
#     a waiver.
#   since: 0.1.0
#   needs: [pool.current]
#   tags: [access, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/Update-SSHKeys.md
package rollgate.pool.last_ssh_key_removed

import data.rollgate.lib.result

deny contains finding if {
	input.pool.current.core_ssh_keys > 0
	keys := [key |
		some user in input.pool.ignition.users
		user.name == "core"
		some key in user.ssh_authorized_keys
	]
	count(keys) == 0
	finding := result.fail(input.pool.at, sprintf("nodes of pool `%s` lose the last SSH key of `core`", [input.pool.name]))
}
