# METADATA
# title: An octal mode is written as a decimal number
# description: >-
#   A mode reads like an octal one, but was written as a decimal number: `644` instead of `0644`
#   in YAML, or in JSON, which has no octal numbers. The file gets quite another mode, such as one
#   that its owner cannot read.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Write the mode with a leading zero in YAML (`0644`), or as the decimal value in JSON
#     (`420`).
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://github.com/openshift/openshift-docs/pull/93609
package rollgate.machineconfig.decimal_mode

import data.rollgate.lib.result

deny contains finding if {
	some file in input.machine_config.ignition.files
	finding := _finding(file)
}

deny contains finding if {
	some directory in input.machine_config.ignition.directories
	finding := _finding(directory)
}

_finding(item) := result.fail(mode.at, message) if {
	mode := item.mode
	mode.value in _decimal
	not mode.at in _refused
	message := sprintf("mode `%d` of `%s` is a decimal number; `0%d` in YAML, or `%d`, was probably meant", [
		mode.value,
		item.path,
		mode.value,
		_meant(mode.value),
	])
}

# `machineconfig.invalid-mode` judges what the operator refuses, and says the same.
_refused contains problem.at if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_mode"
}

# Usual modes, without their leading zero. As octal numbers these are 0620, 0670, 01204 and the like, which
# nobody means.
_decimal := {400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666, 700, 744, 750, 755, 770, 775, 777}

# The number whose octal digits are these decimal ones.
_meant(digits) := ((((digits - (digits % 100)) / 100) * 64) + ((((digits % 100) - (digits % 10)) / 10) * 8)) + (digits % 10)
