# METADATA
# title: Tests of cluster.missing-name
package rollgate.cluster.missing_name_test

import data.rollgate.cluster.missing_name as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no name": {
		"input": fixture.cluster_object_with_problem("missing_name", "/metadata", "the KubeletConfig has no name"),
		"deny": {{"at": "KubeletConfig/worker#/metadata", "message": "the KubeletConfig has no name"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
