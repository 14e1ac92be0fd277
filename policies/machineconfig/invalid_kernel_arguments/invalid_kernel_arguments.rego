# METADATA
# title: Kernel arguments of the Ignition config contradict each other
# description: >-
#   The Ignition config's own `kernelArguments` ask that one argument be there and not be there.
#   Ignition refuses the config, and the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Keep the argument in one of the two lists; for running nodes use `spec.kernelArguments` of
#     the MachineConfig instead.
#   since: 0.1.0
#   tags: [ignition, kernel]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_kernel_arguments

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_kernel_arguments"
	finding := result.fail(problem.at, problem.text)
}
