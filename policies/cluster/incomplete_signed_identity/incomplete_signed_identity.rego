# METADATA
# title: An image policy does not say under which name images are signed
# description: >-
#   signedIdentity says that images are signed under another name, and does not say which, or names
#   one that its policy does not take. The API server refuses the policy.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy]
#   severity: high
#   remediation: >-
#     Give `remapIdentity` a `prefix` and a `signedPrefix`, or `exactRepository` a `repository`.
#   since: 0.1.0
#   tags: [signature]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/nodes/nodes-sigstore-using
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_policy.go
package rollgate.cluster.incomplete_signed_identity

import data.rollgate.lib.result

deny contains finding if {
	identity := input.cluster_object.spec.policy.signedIdentity
	some path in _needed[identity.matchPolicy]
	object.get(identity, path, "") in ["", null]
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec", "policy", "signedIdentity"], path)),
		sprintf("`%s` is missing, which `%s` needs", [concat(".", path), identity.matchPolicy]),
	)
}

deny contains finding if {
	identity := input.cluster_object.spec.policy.signedIdentity
	policy := object.get(identity, "matchPolicy", "")
	not policy in object.keys(_needed)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "policy", "signedIdentity", "matchPolicy"]),
		sprintf("`%v` is not one of `%s`", [policy, concat("`, `", object.keys(_needed))]),
	)
}

deny contains finding if {
	identity := input.cluster_object.spec.policy.signedIdentity
	some policy, group in {"ExactRepository": "exactRepository", "RemapIdentity": "remapIdentity"}
	identity[group] != null
	identity.matchPolicy != policy
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "policy", "signedIdentity", group]),
		sprintf("`%s` does not belong to `%v`", [group, identity.matchPolicy]),
	)
}

_needed := {
	"ExactRepository": [["exactRepository", "repository"]],
	"MatchRepoDigestOrExact": [],
	"MatchRepository": [],
	"RemapIdentity": [["remapIdentity", "prefix"], ["remapIdentity", "signedPrefix"]],
}
