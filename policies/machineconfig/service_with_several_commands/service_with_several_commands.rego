# METADATA
# title: A service runs several commands at once
# description: >-
#   Only a oneshot service may have more than one `ExecStart=`. systemd refuses to load any
#   other that has, and the service never runs.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Set `Type=oneshot` where the commands come to an end; else keep one, and put what
#     comes before it into `ExecStartPre=`. An empty `ExecStart=` forgets those before it.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#ExecStart=
#     - https://github.com/systemd/systemd/blob/main/src/core/service.c
package rollgate.machineconfig.service_with_several_commands

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	endswith(some_unit.name, ".service")
	some_unit.entries
	commands := unit.values(some_unit, "Service", "ExecStart")
	count(commands) > 1
	type := unit.service_type(some_unit)
	type != "oneshot"
	finding := result.fail(commands[1].at, sprintf(
		"service `%s` of type `%s` has more than one `ExecStart=`, so systemd refuses to load it",
		[some_unit.name, type],
	))
}
