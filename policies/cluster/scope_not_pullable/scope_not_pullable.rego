# METADATA
# title: An image policy verifies what may not be pulled
# description: >-
#   The Image config blocks a scope of the policy, or allows registries by name and none of the
#   scope. The Machine Config Operator does not take the policy then, and writes it to no node.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy]
#   severity: high
#   remediation: >-
#     Allow the registry in the Image config, or remove the scope.
#   since: 0.1.0
#   tags: [signature, registry]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
package rollgate.cluster.scope_not_pullable

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	some index, text in input.cluster_object.spec.scopes
	some blocked in input.cluster_object.registries.blocked
	scope.covers(blocked.text, text)
	finding := result.fail_with(
		result.at(input.cluster_object.at, ["spec", "scopes", index]),
		sprintf("the Image config blocks `%s`, and so scope `%s`", [blocked.text, text]),
		{"related": [{"label": "blocked here", "at": blocked.at}]},
	)
}

deny contains finding if {
	allowed := input.cluster_object.registries.allowed
	count(allowed) > 0
	some index, text in input.cluster_object.spec.scopes
	not _covered(allowed, text)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "scopes", index]),
		sprintf("the Image config does not allow scope `%s`", [text]),
	)
}

_covered(allowed, text) if {
	some entry in allowed
	scope.covers(entry.text, text)
}
