# METADATA
# title: The API version does not serve the kind
# description: >-
#   The object names an API version in which no cluster serves its kind. The API server refuses
#   it, and a tool that applies many objects may have changed half of a cluster by then.
# custom:
#   subject: cluster_object
#   severity: high
#   remediation: >-
#     Write the API version that serves the kind; `oc api-resources` lists them.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://kubernetes.io/docs/reference/using-api/#api-versioning
package rollgate.cluster.unknown_api_version

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "unknown_api_version"
	finding := result.fail(problem.at, problem.text)
}
