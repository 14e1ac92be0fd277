# METADATA
# title: Two kernels are asked for
# description: >-
#   MachineConfigs of the pool ask for different kernels. The one that is merged last wins,
#   and nothing says that the other had no effect: a workload that needs it runs on nodes
#   without it.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Keep one of the two, and put the nodes that need the other into a pool of their own.
#   since: 0.1.0
#   tags: [kernel, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.conflicting_kernel_types

import data.rollgate.lib.result

deny contains finding if {
	wins := input.pool.kernel_type
	some other in input.pool.kernel_types
	other.text in {"64k-pages", "realtime"}
	other.text != wins.text
	finding := result.fail(other.at, sprintf("kernel type `%s` has no effect in pool `%s`, which gets `%s`", [other.text, input.pool.name, wins.text]))
}
