# METADATA
# title: An image policy does not say whom it trusts
# description: >-
#   The root of trust of an image policy lacks what its type needs, has what belongs to another type,
#   or names as signer who can be none. The API server refuses the policy.
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

deny contains finding if {
	root := input.cluster_object.spec.policy.rootOfTrust
	some [path, text, takes] in _subjects(root)
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec", "policy", "rootOfTrust"], path)),
		sprintf("`%v` is no %s", [text, takes]),
	)
}

# Who signs, where what is written names nobody.
_subjects(root) := {[path, text, row.takes] |
	some row in _signers
	path := row.path
	text := object.get(root, path, "")
	text != ""
	not regex.match(row.pattern, text)
} | {[["pki", "pkiCertificateSubject"], subject, "subject: it has neither `email` nor `hostname`"] |
	subject := root.pki.pkiCertificateSubject
	is_object(subject)
	every field in ["email", "hostname"] { object.get(subject, field, "") == "" }
}

_signers := [
	{"path": ["fulcioCAWithRekor", "fulcioSubject", "oidcIssuer"], "pattern": `^[a-z]+://[^/]`, "takes": "URL"},
	{"path": ["fulcioCAWithRekor", "fulcioSubject", "signedEmail"], "pattern": `^\S+@\S+$`, "takes": "e-mail address, and nodes match no other identity"},
	{"path": ["pki", "pkiCertificateSubject", "email"], "pattern": `^\S+@\S+$`, "takes": "e-mail address"},
]

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
