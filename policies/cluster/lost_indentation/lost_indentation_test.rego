# METADATA
# title: Tests of cluster.lost-indentation
package rollgate.cluster.lost_indentation_test

import data.rollgate.cluster.lost_indentation as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the name stands beside an empty key": {
		"input": fixture.cluster_object_with_problem("lost_indentation", "/name", "`name` stands beside an empty `metadata`"),
		"deny": {{"at": "KubeletConfig/worker#/name", "message": "`name` stands beside an empty `metadata`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
