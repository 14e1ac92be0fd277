# METADATA
# title: Kernel arguments change their order only
# description: >-
#   The pool gets the same kernel arguments as before in another order, such as after a
#   MachineConfig was renamed. The Machine Config Operator sees a change, and every node
#   drains and reboots for it.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Keep the names of the MachineConfigs and the order of the entries.
#   since: 0.1.0
#   needs: [pool.current]
#   tags: [kernel, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.kernel_arguments_reordered

import data.rollgate.lib.result

deny contains finding if {
	before := input.pool.current.kernel_arguments
	now := [argument.text | some argument in input.pool.kernel_arguments]
	before != now
	sort(before) == sort(now)
	moved := [argument |
		some index, argument in input.pool.kernel_arguments
		argument.text != before[index]
	]
	finding := result.fail(moved[0].at, sprintf(
		"kernel argument `%s` moves, and nothing else: every node of pool `%s` reboots for the order",
		[moved[0].text, input.pool.name],
	))
}
