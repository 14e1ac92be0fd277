# METADATA
# title: SSH keys open the nodes to logins beside the cluster
# description: >-
#   A MachineConfig gives an account SSH keys. Whoever holds one becomes root on every node of the
#   pool without the cluster knowing: no role, no audit log of the API server, and no end when the
#   person leaves. Where the API server works, `oc debug node` does the same under the cluster's own
#   rules.
# custom:
#   subject: machine_config
#   severity: low
#   remediation: >-
#     Remove the keys, or keep one for emergencies under a waiver that names who holds it.
#   since: 0.1.0
#   tags: [strict, access]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/Update-SSHKeys.md
package rollgate.machineconfig.ssh_key_set

import data.rollgate.lib.result

deny contains finding if {
	some user in input.machine_config.ignition.users
	count(user.ssh_authorized_keys) > 0
	finding := result.fail(user.at, sprintf(
		"user `%s` gets %d SSH keys, for logins that the cluster does not know of",
		[user.name, count(user.ssh_authorized_keys)],
	))
}
