# METADATA
# title: A package that nodes need is missing
# description: >-
#   OpenShift counts on a package of the operating system, and the image does not have it: a step
#   of the build removed it, or the image was not built from the one of a release. Nodes come up
#   without what it is for.
# custom:
#   subject: image
#   severity: critical
#   remediation: >-
#     Build from the OS image of the release, and do not remove the package; `rpm-ostree override
#     remove` and `dnf remove` take dependent ones along.
#   since: 0.1.0
#   tags: [packages]
#   references:
#     - https://github.com/openshift/os
package rollgate.image.needed_package_missing

import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	database := input.image.packages
	names := {rpm.name | some rpm in database.packages}
	some needed in data.rollgate_tables.node_packages
	not _has(names, needed.names)
	finding := result.fail(database.at, sprintf("package `%s` is missing, which %s", [concat("` or `", needed.names), needed.for]))
}

_has(names, wanted) if {
	some name in wanted
	name in names
}

_has(names, wanted) if {
	some prefix in wanted
	endswith(prefix, "*")
	some name in names
	startswith(name, trim_suffix(prefix, "*"))
}
