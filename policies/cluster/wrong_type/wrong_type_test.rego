# METADATA
# title: Tests of cluster.wrong-type
package rollgate.cluster.wrong_type_test

import data.rollgate.cluster.wrong_type as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: boolean label": {
		"input": fixture.cluster_object_with_problem("wrong_type", "/metadata/labels/custom-kubelet", "`custom-kubelet` takes a string, this is the boolean `true`"),
		"deny": {{"at": "KubeletConfig/worker#/metadata/labels/custom-kubelet", "message": "`custom-kubelet` takes a string, this is the boolean `true`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
