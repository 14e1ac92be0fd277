# METADATA
# title: Tests of cluster.unknown-field
package rollgate.cluster.unknown_field_test

import data.rollgate.cluster.unknown_field as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: misspelt": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spce", "field `spce` does not exist; did you mean `spec`?"),
		"deny": {{"at": "KubeletConfig/worker#/spce", "message": "field `spce` does not exist; did you mean `spec`?"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("wrong_type", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
