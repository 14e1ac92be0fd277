# METADATA
# title: A kernel argument is set that is not allowed
# description: >-
#   A MachineConfig sets a kernel argument that the site refuses, or that is not on the site's list.
#   Kernel arguments change what every program of the node relies on, and only a reboot takes them
#   back. By default every argument is allowed, and none refused.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the argument, or have it approved and change the parameter `allowed_kernel_arguments`
#     or `denied_kernel_arguments`.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://docs.kernel.org/admin-guide/kernel-parameters.html
#   parameters:
#     allowed_kernel_arguments:
#       description: Arguments as `hugepages`, with any value, or `hugepages=16`; `*` allows all
#       type: array
#       items: {type: string, minLength: 1}
#       default: ["*"]
#     denied_kernel_arguments:
#       description: Arguments as `selinux`, with any value, or `selinux=0`, even where they are allowed
#       type: array
#       items: {type: string, minLength: 1}
#       default: []
package rollgate.machineconfig.kernel_argument_not_allowed

import data.rollgate.lib.result

deny contains finding if {
	some argument in _set
	_refused(argument.text)
	finding := result.fail(argument.at, sprintf("kernel argument `%s` is not allowed", [argument.text]))
}

# One item may hold several.
_set contains {"at": item.at, "text": text} if {
	some item in input.machine_config.kernel_arguments
	some text in regex.split(`\s+`, item.text)
	text != ""
}

_set contains {"at": item.at, "text": item.text} if {
	some item in input.machine_config.ignition.kernel_arguments_should_exist
}

_refused(text) if _is_one_of(text, data.parameters.denied_kernel_arguments)

_refused(text) if {
	allowed := data.parameters.allowed_kernel_arguments
	not "*" in allowed
	not _is_one_of(text, allowed)
}

_is_one_of(text, entries) if text in entries

_is_one_of(text, entries) if split(text, "=")[0] in entries
