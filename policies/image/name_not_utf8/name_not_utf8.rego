# METADATA
# title: A name is not UTF-8
# description: >-
#   The name of a file, or the target of a link, has bytes that are not UTF-8. OSTree stores names
#   as UTF-8 only: the import of the image fails, and the node stays on what it runs.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Rename the file in the layer that adds it, or leave it out.
#   since: 0.1.0
#   references:
#     - "bootc container lint: utf8"
#     - https://github.com/bootc-dev/bootc/issues/975
package rollgate.image.name_not_utf8

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "name_not_utf8"
	finding := result.fail(problem.at, problem.text)
}
