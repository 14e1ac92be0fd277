# METADATA
# title: A service that nodes need is masked
# description: >-
#   A unit without which a node is lost to the cluster is masked in the image. What a MachineConfig
#   enables stays masked, and the node does not join.
# custom:
#   subject: image
#   severity: critical
#   remediation: >-
#     Remove the link to `/dev/null` in the step that makes it.
#   since: 0.1.0
#   tags: [units]
#   references:
#     - https://github.com/openshift/machine-config-operator/tree/main/templates
package rollgate.image.needed_unit_masked

import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	some name, unit in input.image.units
	unit.masked
	_is_needed(name)
	finding := result.fail(unit.at, sprintf("unit `%s` is masked", [name]))
}

_is_needed(name) if node.critical_unit(name)

_is_needed(name) if name in data.rollgate_tables.node_units.enabled
