# METADATA
# title: An image policy has too many scopes
# description: >-
#   An image policy takes at most 256 scopes, each once. The API server refuses more.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy]
#   severity: high
#   remediation: >-
#     Name a namespace of repositories instead of each repository, or write several policies.
#   since: 0.1.0
#   tags: [signature, registry]
#   references:
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_policy.go
package rollgate.cluster.too_many_scopes

import data.rollgate.lib.result

deny contains finding if {
	count(input.cluster_object.spec.scopes) > _most
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "scopes", _most]),
		sprintf("there are %d scopes, and %d are taken", [count(input.cluster_object.spec.scopes), _most]),
	)
}

deny contains finding if {
	scopes := input.cluster_object.spec.scopes
	some index, text in scopes
	text in array.slice(scopes, 0, index)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "scopes", index]),
		sprintf("scope `%s` is listed twice", [text]),
	)
}

_most := 256
