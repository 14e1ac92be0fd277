# METADATA
# title: A unit name is not one of systemd
# description: >-
#   A unit lacks the suffix that says what it is, or a drop-in does not end in `.conf`. Ignition
#   refuses the config, and the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Name the unit with its type, such as `node-tuning.service`, and end a drop-in in `.conf`.
#   since: 0.1.0
#   tags: [ignition, systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package rollgate.machineconfig.invalid_unit_name

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_unit_name"
	finding := result.fail(problem.at, problem.text)
}
