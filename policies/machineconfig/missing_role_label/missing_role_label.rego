# METADATA
# title: A MachineConfig has no role
# description: >-
#   The MachineConfig lacks the label `machineconfiguration.openshift.io/role`, and no pool
#   selects it by another label. It can be created without complaint and never reaches a node.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Add the label with the role whose nodes are meant, such as `worker`.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.missing_role_label

import data.rollgate.lib.result

deny contains finding if {
	machine_config := input.machine_config
	not machine_config.role
	not machine_config.rendered
	count(machine_config.pools) == 0
	message := "the MachineConfig has no label `machineconfiguration.openshift.io/role`, so it reaches no node"
	finding := result.fail(machine_config.at, message)
}

deny contains finding if {
	role := input.machine_config.role
	role.text == ""
	count(input.machine_config.pools) == 0
	finding := result.fail(role.at, "the role of the MachineConfig is empty, so it reaches no node")
}
