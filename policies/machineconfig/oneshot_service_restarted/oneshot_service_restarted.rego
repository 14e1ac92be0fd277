# METADATA
# title: A oneshot service is restarted whenever it ends
# description: >-
#   A oneshot service has `Restart=always` or `Restart=on-success`, which would run it
#   without end. systemd refuses to load such a service, and it never runs.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Use `Restart=on-failure`, a timer, or another `Type=`.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Restart=
#     - https://github.com/systemd/systemd/blob/main/src/core/service.c
package rollgate.machineconfig.oneshot_service_restarted

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	endswith(some_unit.name, ".service")
	some_unit.entries
	unit.service_type(some_unit) == "oneshot"
	restart := unit.last(some_unit, "Service", "Restart")
	restart.value in {"always", "on-success"}
	finding := result.fail(restart.at, sprintf(
		"oneshot service `%s` has `Restart=%s`, so systemd refuses to load it",
		[some_unit.name, restart.value],
	))
}
