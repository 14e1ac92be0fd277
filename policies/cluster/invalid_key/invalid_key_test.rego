# METADATA
# title: Tests of cluster.invalid-key
package rollgate.cluster.invalid_key_test

import data.rollgate.cluster.invalid_key as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no PEM": {
		"input": fixture.cluster_object_with_problem("invalid_key", "/spec/policy/rootOfTrust/publicKey/keyData", "`keyData` is no public key: it is not base64 of text"),
		"deny": {{"at": "KubeletConfig/worker#/spec/policy/rootOfTrust/publicKey/keyData", "message": "`keyData` is no public key: it is not base64 of text"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("wrong_type", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
