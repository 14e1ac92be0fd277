# METADATA
# title: A unit file does not parse
# description: >-
#   The text of a systemd unit or drop-in is not a unit file. Ignition refuses the config, and the
#   pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Correct the line; check the text with `systemd-analyze verify` before it goes into the
#     MachineConfig.
#   since: 0.1.0
#   tags: [ignition, systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
package rollgate.machineconfig.invalid_unit_contents

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_unit_contents"
	finding := result.fail(problem.at, problem.text)
}
