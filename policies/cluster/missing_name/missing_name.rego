# METADATA
# title: A cluster object has no name
# description: >-
#   The object lacks `metadata.name`, so the API server refuses it, and nothing else can refer to
#   it.
# custom:
#   subject: cluster_object
#   severity: high
#   remediation: >-
#     Give it a name.
#   since: 0.1.0
#   tags: [syntax]
package rollgate.cluster.missing_name

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "missing_name"
	finding := result.fail(problem.at, problem.text)
}
