# METADATA
# title: A unit is to be enabled and cannot be
# description: >-
#   A preset enables a unit that has no section `[Install]`. The first boot finds nothing to
#   enable, says so in a log that nobody reads, and the unit never starts.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Add `[Install]` with `WantedBy=multi-user.target`, or link the unit into a `.wants` folder.
#   since: 0.1.0
#   tags: [units]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.preset.html
package rollgate.image.unit_without_install

import data.rollgate.lib.result

deny contains finding if {
	some name, unit in input.image.units
	unit.preset
	not unit.installable
	not unit.enabled
	not unit.masked
	not unit.in_base
	finding := result.fail(unit.at, sprintf("unit `%s` is enabled by a preset and has no `[Install]`", [name]))
}
