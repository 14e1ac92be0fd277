# METADATA
# title: Tests of cluster.incomplete-root-of-trust
package rollgate.cluster.incomplete_root_of_trust_test

import data.rollgate.cluster.incomplete_root_of_trust as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no key": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"policy": {"rootOfTrust": {"policyType": "PublicKey"}}}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/rootOfTrust/publicKey/keyData", "message": "`publicKey.keyData` is missing, which the type `PublicKey` needs"}},
	},
	"denied: of another type": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"policy": {"rootOfTrust": {"policyType": "PublicKey", "publicKey": {"keyData": "x"}, "pki": {}}}}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/rootOfTrust/pki", "message": "`pki` does not belong to the type `PublicKey`"}},
	},
	"denied: no type": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/rootOfTrust/policyType", "message": "`` is not one of `FulcioCAWithRekor`, `PKI`, `PublicKey`"}},
	},
	"denied: a workflow for an address": {
		"input": fixture.object_of("ClusterImagePolicy", {"policy": {"rootOfTrust": {"policyType": "FulcioCAWithRekor", "fulcioCAWithRekor": {"fulcioCAData": "x", "rekorKeyData": "x", "fulcioSubject": {"oidcIssuer": "token.example.com", "signedEmail": "https://github.com/example/app"}}}}}),
		"deny": {
			{"at": "ClusterImagePolicy/example#/spec/policy/rootOfTrust/fulcioCAWithRekor/fulcioSubject/oidcIssuer", "message": "`token.example.com` is no URL"},
			{"at": "ClusterImagePolicy/example#/spec/policy/rootOfTrust/fulcioCAWithRekor/fulcioSubject/signedEmail", "message": "`https://github.com/example/app` is no e-mail address, and nodes match no other identity"},
		},
	},
	"denied: nobody": {
		"input": fixture.object_of("ClusterImagePolicy", {"policy": {"rootOfTrust": {"policyType": "PKI", "pki": {"caRootsData": "x", "pkiCertificateSubject": {}}}}}),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/rootOfTrust/pki/pkiCertificateSubject", "message": "`{}` is no subject: it has neither `email` nor `hostname`"}},
	},
	"allowed: an address": {
		"input": fixture.object_of("ClusterImagePolicy", {"policy": {"rootOfTrust": {"policyType": "PKI", "pki": {"caRootsData": "x", "pkiCertificateSubject": {"email": "a@example.com"}}}}}),
		"deny": set(),
	},
	"allowed: a key": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"policy": {"rootOfTrust": {"policyType": "PublicKey", "publicKey": {"keyData": "x"}}}}})),
		"deny": set(),
	},
	"allowed: no spec": {"input": fixture.cluster_object_of("ClusterImagePolicy", {"spec": null}), "deny": set()},
}
