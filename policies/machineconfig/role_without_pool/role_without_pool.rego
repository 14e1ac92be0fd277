# METADATA
# title: No pool selects the MachineConfig
# description: >-
#   The role label names a role that none of the MachineConfigPools given selects: a typing error,
#   or a pool that was renamed. Nothing reaches any node, and nothing says so.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: Correct the label, or give the MachineConfigPool that selects it.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.machineconfig.role_without_pool

import data.rollgate.lib.result

deny contains finding if {
	subject := input.machine_config
	subject.pools_declared
	not subject.generated
	count(subject.pools) == 0
	finding := result.fail(subject.role.at, sprintf("no MachineConfigPool selects role `%s`: nothing reaches a node", [subject.role.text]))
}
