# METADATA
# title: The settings of a systemd unit
package rollgate.lib.unit

# entries are the assignments of a unit: its own, then those of its drop-ins.
entries(unit) := array.concat(object.get(unit, "entries", []), [entry |
	some dropin in unit.dropins
	some entry in dropin.entries
])

# values are the assignments of a setting that is a list: an empty one forgets those before it.
values(unit, section, key) := array.slice(assigned, _last_reset(assigned) + 1, count(assigned)) if {
	assigned := _assigned(unit, section, key)
}

# last is the assignment that counts where only one does.
last(unit, section, key) := assigned[count(assigned) - 1] if {
	assigned := _assigned(unit, section, key)
}

# service_type is what `Type=` comes to (systemd `src/core/service.c`, `service_fix_service_type`).
service_type(unit) := type if type := last(unit, "Service", "Type").value

else := "dbus" if {
	last(unit, "Service", "BusName")
}

else := "simple" if {
	count(values(unit, "Service", "ExecStart")) > 0
}

else := "oneshot"

# is_true tells whether systemd reads an assignment as yes.
is_true(assignment) if lower(assignment.value) in {"1", "on", "t", "true", "y", "yes"}

# program is the first word of a command line, without the characters that say how it is run.
program(command) := trim(regex.find_n(`"[^"]*"|'[^']*'|\S+`, trim_left(command, "@-:+!|"), 1)[0], `"'`)

# runners are the units of an Ignition config that run the program at the path, with the setting
# that does.
runners(ignition, path) := {{"unit": unit.name, "key": entry.key, "at": entry.at} |
	some unit in ignition.units
	some entry in entries(unit)
	startswith(entry.key, "Exec")
	contains(entry.value, path)
	program(entry.value) == path
}

_assigned(unit, section, key) := [entry |
	some entry in entries(unit)
	entry.section == section
	entry.key == key
]

_last_reset(assigned) := max(array.concat([-1], [index |
	some index, entry in assigned
	entry.value == ""
]))
