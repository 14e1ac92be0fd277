# METADATA
# title: A unit is enabled that is not there
# description: >-
#   A link enables a unit, and leads to no file: the package was removed, or the name is wrong.
#   systemd passes over it, and nothing starts.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove the link, or install what it should start.
#   since: 0.1.0
#   tags: [units]
package rollgate.image.dangling_unit_link

import data.rollgate.lib.result

deny contains finding if {
	some link in input.image.dangling_links
	not link.in_base
	finding := result.fail(link.at, sprintf("unit `%s` is enabled, and `%s` does not exist", [link.unit, link.target]))
}
