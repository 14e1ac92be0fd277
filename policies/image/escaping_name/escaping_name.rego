# METADATA
# title: A name leads out of the image
# description: >-
#   The name of an entry is absolute, holds `..`, or leads out of the root through a link of the
#   same image. Readers differ in what they make of it: what one of them checks is not what another
#   unpacks.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Rebuild the layer with a tool that writes plain relative names.
#   since: 0.1.0
#   tags: [hardening]
package rollgate.image.escaping_name

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "escaping_name"
	finding := result.fail(problem.at, problem.text)
}
