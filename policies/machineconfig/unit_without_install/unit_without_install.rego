# METADATA
# title: An enabled unit does not say when to start
# description: >-
#   The unit is enabled, but its text has no `[Install]` section, so systemd does not know what
#   should start it. The pool renders, the nodes restart, and the unit never runs.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Add `[Install]` with `WantedBy=multi-user.target` (or the target that is meant), or remove
#     `enabled: true` where a timer, a path or another unit starts it.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#%5BInstall%5D%20Section%20Options
package rollgate.machineconfig.unit_without_install

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	some_unit.enabled.value
	some_unit.entries # else it may be one of the OS image, of which only drop-ins are given
	sections := {entry.section | some entry in unit.entries(some_unit)}
	not "Install" in sections
	message := sprintf("unit `%s` is enabled, but has no `[Install]` section, so nothing starts it", [some_unit.name])
	finding := result.fail(some_unit.enabled.at, message)
}
