# METADATA
# title: A unit uses shell syntax without a shell
# description: >-
#   A command of a systemd unit contains a pipe, a redirection, `&&` or a command substitution.
#   systemd starts the program itself and no shell, so these are passed on as plain arguments, and
#   the command does something else or fails.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Put the line into a script, or write it as `/bin/sh -c '…'`.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
package rollgate.machineconfig.shell_syntax_without_shell

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	some entry in unit.entries(some_unit)
	startswith(entry.key, "Exec")
	some word in _shell_words(entry.value)
	message := sprintf("`%s` of unit `%s` passes `%s` on as an argument, because systemd starts no shell", [
		entry.key,
		some_unit.name,
		word,
	])
	finding := result.fail(entry.at, message)
}

# The words of a command line that only a shell would understand. What is quoted is passed on as it
# stands: to a shell, or to something with a syntax of its own, such as awk.
_shell_words(command) := {word |
	unquoted := regex.replace(command, `"(\\.|[^"\\])*"|'(\\.|[^'\\])*'`, "")
	some word in split(unquoted, " ")
	_shell_word(word)
}

_shell_word(word) if word in {"|", "||", "&&", "&", ">", ">>", "<", "2>", "2>&1", "2>/dev/null", ">/dev/null"}

_shell_word(word) if startswith(word, "$(")

_shell_word(word) if startswith(word, "`")
