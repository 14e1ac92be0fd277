# METADATA
# title: A package comes from another vendor
# description: >-
#   An added package is from a vendor from whom the base has nothing. It is outside of what Red Hat
#   supports on nodes, and nothing in the updates of the cluster brings its next version.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Add the vendor to `allowed_vendors`, or leave the package out.
#   since: 0.1.0
#   tags: [packages, strict]
#   parameters:
#     allowed_vendors:
#       type: array
#       items: {type: string}
#       default: []
#       description: The vendors whose packages may be added, beside those of the base, as their headers name them.
package rollgate.image.third_party_package

import data.rollgate.lib.result

deny contains finding if {
	vendors := _allowed
	count(vendors) > 0
	some rpm in input.image.packages.packages
	not rpm.in_base
	vendor := object.get(rpm, "vendor", "")
	not vendor in vendors
	finding := result.fail(rpm.at, sprintf("package `%s` is of vendor `%s`", [rpm.name, vendor]))
}

_allowed contains vendor if some vendor in data.parameters.allowed_vendors

_allowed contains rpm.vendor if {
	some rpm in input.image.packages.packages
	rpm.in_base
}
