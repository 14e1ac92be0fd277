# METADATA
# title: A service runs nothing
# description: >-
#   A service has no `ExecStart=`, and is not of the kind that may do without: a oneshot
#   service that stays active and has something to run when it is stopped. systemd refuses
#   to load it, and the nodes restart for a service that never runs.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Add `ExecStart=`; look for a misspelt key, or a key in another section than
#     `[Service]`.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#ExecStart=
#     - https://github.com/systemd/systemd/blob/main/src/core/service.c
package rollgate.machineconfig.service_without_command

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	endswith(some_unit.name, ".service")
	some_unit.entries
	count(unit.values(some_unit, "Service", "ExecStart")) == 0
	not _needs_no_command(some_unit)
	finding := result.fail(some_unit.at, sprintf("service `%s` has no `ExecStart=`, so systemd refuses to load it", [some_unit.name]))
}

_needs_no_command(some_unit) if {
	unit.service_type(some_unit) == "oneshot"
	_does_something_else(some_unit)
}

_does_something_else(some_unit) if count(unit.values(some_unit, "Unit", "SuccessAction")) > 0

_does_something_else(some_unit) if {
	count(unit.values(some_unit, "Service", "ExecStop")) > 0
	unit.is_true(unit.last(some_unit, "Service", "RemainAfterExit"))
}
