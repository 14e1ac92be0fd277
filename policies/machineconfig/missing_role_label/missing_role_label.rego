# METADATA
# title: The MachineConfig has no role label
# description: >-
#   Pools select MachineConfigs by the label `machineconfiguration.openshift.io/role`. Without it
#   no pool takes this one, unless its selector asks for another label: nothing reaches any node,
#   and nothing says so.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: Add the label with the role of the pool, such as `worker`.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.machineconfig.missing_role_label

import data.rollgate.lib.result

deny contains finding if {
	subject := input.machine_config
	not subject.role
	not subject.generated
	count(subject.pools) == 0
	finding := result.fail(subject.at, "label `machineconfiguration.openshift.io/role` is missing: no pool takes this MachineConfig")
}
