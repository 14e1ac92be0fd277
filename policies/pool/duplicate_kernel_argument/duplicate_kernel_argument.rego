# METADATA
# title: A kernel argument is given twice
# description: >-
#   The pool gets the same kernel argument more than once, from one MachineConfig or from several.
#   The Machine Config Operator does not join them, so removing one of them later changes the
#   command line and reboots every node for nothing.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Keep one of the entries.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.duplicate_kernel_argument

import data.rollgate.lib.result

deny contains finding if {
	arguments := input.pool.kernel_arguments

	# Pairs are compared only where there is something to find: a big pool has many arguments.
	count({argument.text | some argument in arguments}) < count(arguments)
	some index, argument in arguments
	_repeats(arguments, index, argument)
	finding := result.fail(argument.at, sprintf("kernel argument `%s` is given twice", [argument.text]))
}

_repeats(arguments, index, argument) if {
	not startswith(argument.text, "hugepages")
	some earlier, other in arguments
	earlier < index
	other.text == argument.text
}
