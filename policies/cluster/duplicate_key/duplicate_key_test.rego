# METADATA
# title: Tests of cluster.duplicate-key
package rollgate.cluster.duplicate_key_test

import data.rollgate.cluster.duplicate_key as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: max pods": {
		"input": fixture.cluster_object_with_problem("duplicate_key", "/spec/kubeletConfig/maxPods", "key `maxPods` is written twice; only the last one counts"),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxPods", "message": "key `maxPods` is written twice; only the last one counts"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
