# METADATA
# title: A layer holds one name twice
# description: >-
#   One layer has two entries of the same name. Most readers take the later one, some refuse: what
#   was reviewed may not be what a node gets.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Rebuild the layer; a name stands in it once.
#   since: 0.1.0
#   tags: [hardening]
package rollgate.image.duplicate_name

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "duplicate_name"
	finding := result.fail(problem.at, problem.text)
}
