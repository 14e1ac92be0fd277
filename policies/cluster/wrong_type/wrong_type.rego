# METADATA
# title: A value has the wrong type
# description: >-
#   A field of a cluster object holds a value of a type that the field does not take, such as a
#   label that YAML reads as a boolean, or a word that is none of those that it takes. The API server refuses the object, or the operator that
#   reads it fails on it.
# custom:
#   subject: cluster_object
#   severity: high
#   remediation: >-
#     Write the value in the type that the field takes, or one of its words; quote labels and annotations.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://kubernetes.io/docs/reference/using-api/
package rollgate.cluster.wrong_type

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "wrong_type"
	finding := result.fail(problem.at, problem.text)
}
