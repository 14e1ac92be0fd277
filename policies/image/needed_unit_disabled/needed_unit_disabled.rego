# METADATA
# title: A service that nodes need is disabled
# description: >-
#   A unit that OpenShift expects the image to start is not started: its links are gone and no
#   preset brings them back, or the base enables it and this image does not. The node comes up
#   without network or clock.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Do not disable it, and write no preset that does.
#   since: 0.1.0
#   tags: [units]
#   references:
#     - https://github.com/openshift/os
package rollgate.image.needed_unit_disabled

import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	some name, unit in input.image.units
	name in data.rollgate_tables.node_units.enabled
	not unit.masked
	not unit.enabled
	not unit.preset
	finding := result.fail(unit.at, sprintf("unit `%s` is disabled", [name]))
}

deny contains finding if {
	some name in input.image.change.units_disabled
	node.critical_unit(name)
	unit := input.image.units[name]
	not unit.masked
	finding := result.fail(unit.at, sprintf("unit `%s` is disabled", [name]))
}
