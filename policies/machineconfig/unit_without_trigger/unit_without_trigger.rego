# METADATA
# title: A unit waits for nothing
# description: >-
#   A timer without a time, a path unit without a path or a socket without an address.
#   systemd refuses to load it, so what it should start never starts.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Add what it waits for, such as `OnCalendar=`, `PathExists=` or `ListenStream=`; look
#     for a misspelt key.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.path.html
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html
package rollgate.machineconfig.unit_without_trigger

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	some suffix, trigger in _triggers
	endswith(some_unit.name, suffix)
	some_unit.entries
	not _has(some_unit, trigger)
	finding := result.fail(some_unit.at, sprintf("unit `%s` has no `%s`, so systemd refuses to load it", [some_unit.name, trigger.example]))
}

_has(some_unit, trigger) if {
	some entry in unit.entries(some_unit)
	entry.section == trigger.section
	regex.match(trigger.keys, entry.key)
	entry.value != ""
}

_triggers := {
	".path": {"section": "Path", "keys": `^(DirectoryNotEmpty|Path(Changed|Exists|ExistsGlob|Modified))$`, "example": "PathExists="},
	".socket": {"section": "Socket", "keys": `^Listen`, "example": "ListenStream="},
	".timer": {"section": "Timer", "keys": `^On[A-Z]`, "example": "OnCalendar="},
}
