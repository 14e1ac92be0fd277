# METADATA
# title: A unit is masked and enabled at once
# description: >-
#   A unit is to be enabled and masked. Masking wins: systemd refuses to enable what is
#   masked, so the unit never starts, and the Machine Config Daemon reports that it cannot
#   enable it.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Keep `mask: true` to stop the unit, or `enabled: true` to start it.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemctl.html#mask%20UNIT%E2%80%A6
package rollgate.machineconfig.unit_masked_and_enabled

import data.rollgate.lib.result

deny contains finding if {
	some unit in input.machine_config.ignition.units
	unit.mask.value
	unit.enabled.value
	finding := result.fail(unit.enabled.at, sprintf("unit `%s` is enabled, but also masked, so it never starts", [unit.name]))
}
