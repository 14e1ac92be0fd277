# METADATA
# title: A service that nodes need is missing
# description: >-
#   OpenShift counts on a unit of the operating system, and the image does not have it. The kubelet
#   waits for it, or runs pods without network.
# custom:
#   subject: image
#   severity: critical
#   remediation: >-
#     Keep the package that brings it, and build from the OS image of the release.
#   since: 0.1.0
#   tags: [units]
#   references:
#     - https://github.com/openshift/os
package rollgate.image.needed_unit_missing

import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	units := object.keys(input.image.units)
	some name in data.rollgate_tables.node_units.present
	not name in units
	finding := result.fail(input.image.at, sprintf("unit `%s` is missing", [name]))
}
