# METADATA
# title: A script has the line endings of Windows
# description: >-
#   The first line of a script ends in a carriage return, which becomes part of the
#   interpreter's name. There is no such interpreter, so the script never runs, and the
#   error says that the script does not exist.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Save the script with Unix line endings, as `dos2unix` does, and encode it again.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://man7.org/linux/man-pages/man2/execve.2.html
package rollgate.machineconfig.script_with_carriage_returns

import data.rollgate.lib.result

deny contains finding if {
	some path, file in input.machine_config.ignition.files
	startswith(file.contents.text, "#!")
	regex.match(`^#![^\n]*\r\n`, file.contents.text)
	finding := result.fail(file.contents.at, sprintf("the first line of script `%s` ends in a carriage return, so its interpreter is not found", [path]))
}
