# METADATA
# title: Tests of pool.empty-selector
package rollgate.pool.empty_selector_test

import data.rollgate.lib.fixture
import data.rollgate.pool.empty_selector as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no requirement": {
		"input": fixture.pool_with_problem("empty_selector", "/spec", "a selector without requirements selects nothing"),
		"deny": {{"at": "MachineConfig/99-worker#/spec", "message": "a selector without requirements selects nothing"}},
	},
	"allowed: another problem": {"input": fixture.pool_with_problem("wrong_type", "/spec", "a boolean is expected"), "deny": set()},
	"allowed: no problem": {"input": fixture.pool({}), "deny": set()},
}
