# METADATA
# title: The role is a slip of one of the operator's own
# description: >-
#   The role label of the MachineConfig is one letter away from `worker`, `master` or
#   `arbiter`, and no pool of the input has that name. Without such a pool the MachineConfig
#   can be created without complaint and never reaches a node.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Correct the role, or add the pool that selects it to the input.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.machineconfig.misspelt_role

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.pools_declared # else: `machineconfig.role-without-pool`
	meant := input.machine_config.role_resembles
	role := input.machine_config.role
	finding := result.fail(role.at, sprintf("the role `%s` is probably a slip of `%s`, and no pool of that name is given", [role.text, meant]))
}
