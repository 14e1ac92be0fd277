# METADATA
# title: A key or certificate cannot be read
# description: >-
#   A key or certificate of an image policy is not base64 of PEM. The API server refuses the policy.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy]
#   severity: high
#   remediation: >-
#     Encode the whole PEM file: `base64 -w0 key.pub`.
#   since: 0.1.0
#   tags: [signature]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/nodes/nodes-sigstore-using
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_policy.go
package rollgate.cluster.invalid_key

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "invalid_key"
	finding := result.fail(problem.at, problem.text)
}
