# METADATA
# title: A kernel is not shipped for the nodes
# description: >-
#   The kernel exists for the architecture, but the extensions image of this release and operating
#   system stream does not hold its packages. Rendering succeeds; each node is drained, fails to
#   install the kernel and stays degraded.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: Remove kernelType, or update the cluster to a release that ships the kernel first.
#   since: 0.1.0
#   needs: [target.release, target.stream, target.architecture]
#   tags: [kernel]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://github.com/openshift/os/tree/master/extensions
package rollgate.machineconfig.unavailable_kernel_type

import data.rollgate.lib.result

deny contains finding if {
	kernel_type := input.machine_config.kernel_type
	architecture := input.target.architecture
	architecture in data.rollgate_tables.kernel_types[kernel_type.text].architectures
	kernel_type.text != "default"
	kernels := data.rollgate_tables.extensions.kernels[input.target.release][input.target.stream]
	shipped_for := object.get(kernels, kernel_type.text, [])
	not architecture in shipped_for
	finding := result.fail(kernel_type.at, sprintf(
		"kernelType `%s` is not shipped for this release and stream: nodes fail to install it",
		[kernel_type.text],
	))
}
