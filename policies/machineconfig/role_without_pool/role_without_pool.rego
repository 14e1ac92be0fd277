# METADATA
# title: No pool selects the role of a MachineConfig
# description: >-
#   The input holds MachineConfigPools, and none of them selects the role of this MachineConfig: a
#   misspelt role, or a pool that does not exist yet. The MachineConfig can be created without
#   complaint and never reaches a node.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Correct the role, or add the pool that selects it to the input.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.machineconfig.role_without_pool

import data.rollgate.lib.result

deny contains finding if {
	input.machine_config.pools_declared
	role := input.machine_config.role
	role.text != "" # which is no role: `machineconfig.missing-role-label`
	count(input.machine_config.pools) == 0
	finding := result.fail(role.at, sprintf("no MachineConfigPool selects the role `%s`, so this reaches no node", [role.text]))
}
