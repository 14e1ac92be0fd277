# METADATA
# title: Two RPM databases contradict each other
# description: >-
#   The image has RPM databases at two places, and they list different packages. Tools on the node,
#   scanners and updates each look at another one.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Use one tool for packages in the build, and leave `/var/lib/rpm` the link that the base has.
#   since: 0.1.0
package rollgate.image.several_package_databases

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "several_databases"
	finding := result.fail(problem.at, problem.text)
}
