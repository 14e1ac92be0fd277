# METADATA
# title: An image policy does not say whom it trusts
# description: >-
#   The root of trust of an image policy lacks what its type needs, or has what belongs to another
#   type. The API server refuses the policy.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy]
#   severity: high
#   remediation: >-
#     Give `publicKey` a `keyData`; `fulcioCAWithRekor` all of its four fields; `pki` roots and a
#     subject.
#   since: 0.1.0
#   tags: [signature]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/nodes/nodes-sigstore-using
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_policy.go
package rollgate.cluster.incomplete_root_of_trust

import data.rollgate.lib.result

deny contains finding if {
	root := input.cluster_object.spec.policy.rootOfTrust
	some path in _needed[root.policyType]
	object.get(root, path, "") in ["", null]
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec", "policy", "rootOfTrust"], path)),
		sprintf("`%s` is missing, which the type `%s` needs", [concat(".", path), root.policyType]),
	)
}

deny contains finding if {
	root := input.cluster_object.spec.policy.rootOfTrust
	some kind, group in _groups
	kind != root.policyType
	root[group] != null
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "policy", "rootOfTrust", group]),
		sprintf("`%s` does not belong to the type `%v`", [group, root.policyType]),
	)
}

deny contains finding if {
	kind := object.get(input.cluster_object.spec, ["policy", "rootOfTrust", "policyType"], "")
	not kind in object.keys(_groups)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "policy", "rootOfTrust", "policyType"]),
		sprintf("`%v` is not one of `%s`", [kind, concat("`, `", object.keys(_groups))]),
	)
}

_groups := {
	"FulcioCAWithRekor": "fulcioCAWithRekor",
	"PKI": "pki",
	"PublicKey": "publicKey",
}

_needed := {
	"FulcioCAWithRekor": [
		["fulcioCAWithRekor", "fulcioCAData"],
		["fulcioCAWithRekor", "rekorKeyData"],
		["fulcioCAWithRekor", "fulcioSubject", "oidcIssuer"],
		["fulcioCAWithRekor", "fulcioSubject", "signedEmail"],
	],
	"PKI": [["pki", "caRootsData"], ["pki", "pkiCertificateSubject"]],
	"PublicKey": [["publicKey", "keyData"]],
}
