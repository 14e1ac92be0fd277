# METADATA
# title: A kernel argument is malformed
# description: >-
#   A kernel argument is empty, spans lines, or opens a quote that it does not close. The rest of
#   the kernel command line is then read as part of it, and the node may not find its root
#   filesystem at the next boot.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Write one argument an entry, and quote a value with spaces as `name="value with spaces"`.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rollgate.pool.kernel_argument_malformed

import data.rollgate.lib.result

deny contains finding if {
	some argument in input.pool.kernel_arguments
	some fault in _faults(argument.text)
	finding := result.fail(argument.at, sprintf("kernel argument `%s` %s", [argument.text, fault]))
}

_faults(text) := {fault |
	some fault, present in {
		"is empty": trim_space(text) == "",
		"holds a line break": contains(trim_space(text), "\n"),
		"opens a quote that it does not close": (count(split(text, "\"")) % 2) == 0,
	}
	present
}
