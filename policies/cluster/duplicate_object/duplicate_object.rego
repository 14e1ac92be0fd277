# METADATA
# title: Two objects of one kind have one name
# description: >-
#   The input holds two objects of the same kind and name. A cluster has room for one: whichever
#   is applied last replaces the other.
# custom:
#   subject: cluster_object
#   severity: medium
#   remediation: >-
#     Rename one of the two, or join them.
#   since: 0.1.0
#   tags: [syntax]
package rollgate.cluster.duplicate_object

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "duplicate_object"
	finding := result.fail(problem.at, problem.text)
}
