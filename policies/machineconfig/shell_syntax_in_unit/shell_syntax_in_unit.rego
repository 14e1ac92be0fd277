# METADATA
# title: A command of a unit uses shell syntax without a shell
# description: >-
#   systemd starts commands itself, without a shell. A pipe, a redirection or `&&` becomes an
#   argument of the command, which fails, or does something else than it reads.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: Run it through a shell, as `/bin/bash -c '…'`, or put it into a script.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
package rollgate.machineconfig.shell_syntax_in_unit

import data.rollgate.lib.result

deny contains finding if {
	some entry in _entries
	entry.section == "Service"
	startswith(entry.key, "Exec")
	some word in split(_before_quotes(entry.value), " ")
	word in _operators
	finding := result.fail(entry.at, sprintf("%s uses `%s`, but systemd starts commands without a shell", [entry.key, word]))
}

_entries contains entry if {
	some unit in input.machine_config.ignition.units
	some entry in unit.entries
}

_entries contains entry if {
	some unit in input.machine_config.ignition.units
	some dropin in unit.dropins
	some entry in dropin.entries
}

# What is quoted is somebody else's syntax: that of a shell, or of awk.
_before_quotes(text) := split(split(text, "\"")[0], "'")[0]

_operators := {"&", "&&", "<", ">", ">>", "1>", "2>", "2>&1", "2>/dev/null", ">/dev/null", "|", "||"}
