# METADATA
# title: systemd ignores a line of a unit
# description: >-
#   A line of a unit or drop-in stands before any section, in a section that such a unit
#   does not have, or under a key that the section does not have. systemd logs it on the
#   node and goes on without it, so what the line was to do does not happen.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Correct the key or the section; names are in the manual of the unit type, and case
#     matters. For lines of your own, begin the name with `X-`.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.directives.html
package rollgate.machineconfig.ignored_unit_setting

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "ignored_unit_setting"
	finding := result.fail(problem.at, problem.text)
}
