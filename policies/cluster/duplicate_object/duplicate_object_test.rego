# METADATA
# title: Tests of cluster.duplicate-object
package rollgate.cluster.duplicate_object_test

import data.rollgate.cluster.duplicate_object as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two of one name": {
		"input": fixture.cluster_object_with_problem("duplicate_object", "/metadata/name", "KubeletConfig `worker` is defined twice"),
		"deny": {{"at": "KubeletConfig/worker#/metadata/name", "message": "KubeletConfig `worker` is defined twice"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
