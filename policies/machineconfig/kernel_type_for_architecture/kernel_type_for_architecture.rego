# METADATA
# title: There is no such kernel for the architecture
# description: >-
#   A realtime kernel exists for x86_64 only, one with pages of 64 KiB for aarch64 only. The
#   Machine Config Operator renders the config for any architecture; each node is drained, fails
#   to install the kernel and stays degraded.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove kernelType, or keep it to a pool whose nodes are all of an architecture that has the
#     kernel.
#   since: 0.1.0
#   needs: [target.architecture]
#   tags: [kernel]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://github.com/openshift/os/tree/master/extensions
package rollgate.machineconfig.kernel_type_for_architecture

import data.rollgate.lib.result

deny contains finding if {
	kernel_type := input.machine_config.kernel_type
	architectures := data.rollgate_tables.kernel_types[kernel_type.text].architectures
	architecture := input.target.architecture
	not architecture in architectures
	finding := result.fail(kernel_type.at, sprintf(
		"kernelType `%s` exists for %s only: nodes fail to install it",
		[kernel_type.text, concat(", ", architectures)],
	))
}
