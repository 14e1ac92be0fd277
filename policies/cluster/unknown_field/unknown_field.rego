# METADATA
# title: A field does not exist
# description: >-
#   A cluster object has a field that its kind does not know. The API server drops it silently, or
#   refuses the object, depending on how it is applied; what the field was meant to do does not
#   happen.
# custom:
#   subject: cluster_object
#   severity: medium
#   remediation: >-
#     Correct the spelling or the level of the field.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
package rollgate.cluster.unknown_field

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "unknown_field"
	finding := result.fail(problem.at, problem.text)
}
