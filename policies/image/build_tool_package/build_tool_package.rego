# METADATA
# title: A tool of the build is installed
# description: >-
#   A compiler, a package manager of a language or a configuration tool was added to the image. It
#   has done its work once the image is built; on a node it is what an intruder would bring along,
#   and its faults are the faults of the node.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Build in a stage of its own and copy what it makes, or remove the tool in the step that needs
#     it.
#   since: 0.1.0
#   tags: [leftovers, packages]
package rollgate.image.build_tool_package

import data.rollgate.lib.result

deny contains finding if {
	some rpm in input.image.packages.packages
	rpm.name in data.rollgate_tables.build_leftovers.packages
	not rpm.in_base
	finding := result.fail(rpm.at, sprintf("package `%s` is a tool of the build", [rpm.name]))
}
