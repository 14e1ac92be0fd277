# METADATA
# title: A unit runs a text that names no interpreter
# description: >-
#   A unit runs a file of the same MachineConfig that is a text and does not begin with
#   `#!`. Unlike a shell, systemd does not guess who should read it: the unit ends with
#   `Exec format error`.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Begin the file with `#!/bin/bash` or the interpreter that it is written for.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Process%20Exit%20Codes
#     - https://man7.org/linux/man-pages/man2/execve.2.html
package rollgate.machineconfig.program_without_interpreter

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some path, file in input.machine_config.ignition.files
	text := file.contents.text
	text != ""
	not startswith(text, "#!")
	not startswith(text, "\u007fELF")
	some runner in unit.runners(input.machine_config.ignition, path)
	finding := result.fail(file.contents.at, sprintf(
		"file `%s` is run by `%s` of unit `%s`, but does not begin with `#!`",
		[path, runner.key, runner.unit],
	))
}
