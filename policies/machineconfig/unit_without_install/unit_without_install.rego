# METADATA
# title: An enabled unit says nothing about its installation
# description: >-
#   A unit is to be enabled, but its text has no `[Install]` section: systemd does not know what
#   shall start it, and leaves it as it is. The unit never runs at boot, and after the restart the
#   Machine Config Daemon finds it not enabled.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Add a section such as `[Install]` with `WantedBy=multi-user.target`, or remove `enabled`.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package rollgate.machineconfig.unit_without_install

import data.rollgate.lib.result

deny contains finding if {
	some unit in input.machine_config.ignition.units
	unit.enabled.value
	unit.entries
	not _installed(unit)
	finding := result.fail(unit.enabled.at, sprintf("unit `%s` is enabled, but has no [Install] section: nothing starts it", [unit.name]))
}

_installed(unit) if {
	some entry in unit.entries
	entry.section == "Install"
}

_installed(unit) if {
	some dropin in unit.dropins
	some entry in dropin.entries
	entry.section == "Install"
}
