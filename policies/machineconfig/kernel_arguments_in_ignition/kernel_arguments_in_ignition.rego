# METADATA
# title: Kernel arguments are given to Ignition
# description: >-
#   The Ignition config has kernel arguments of its own. Nodes that are installed with it
#   get them and running nodes do not; the Machine Config Operator neither shows nor manages
#   them, and refuses every later change to them.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Move them to `spec.kernelArguments` of the MachineConfig.
#   since: 0.1.0
#   tags: [kernel, ignition]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/common/reconcile.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.kernel_arguments_in_ignition

import data.rollgate.lib.result

deny contains finding if {
	some given in _given
	some argument in given.arguments
	finding := result.fail(argument.at, sprintf(
		"kernel argument `%s` in `%s` of the Ignition config reaches new nodes only",
		[argument.text, given.list],
	))
}

_given contains {"list": "shouldExist", "arguments": arguments} if {
	arguments := input.machine_config.ignition.kernel_arguments_should_exist
}

_given contains {"list": "shouldNotExist", "arguments": arguments} if {
	arguments := input.machine_config.ignition.kernel_arguments_should_not_exist
}
