# METADATA
# title: A unit runs a program by a relative path
# description: >-
#   The program of a command of a unit is neither an absolute path nor a bare name: it is
#   relative, or begins with a variable, which systemd does not replace in the name of a
#   program. systemd drops the command, or refuses the unit.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Write the absolute path of the program.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
package rollgate.machineconfig.relative_command

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	some entry in unit.entries(some_unit)
	regex.match(`^Exec(Condition|Reload|Start|StartPost|StartPre|Stop|StopPost|StopPre)$`, entry.key)
	program := unit.program(entry.value)
	_unresolvable(program)
	finding := result.fail(entry.at, sprintf(
		"`%s` of unit `%s` runs `%s`, which is neither an absolute path nor the name of a program",
		[entry.key, some_unit.name, program],
	))
}

_unresolvable(program) if startswith(program, "$")

_unresolvable(program) if {
	contains(program, "/")
	not startswith(program, "/")
	not startswith(program, "%") # replaced before systemd looks at it
}
