# METADATA
# title: Tests of pool.wrong-type
package rollgate.pool.wrong_type_test

import data.rollgate.lib.fixture
import data.rollgate.pool.wrong_type as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a string for a boolean": {
		"input": _pool([{"kind": "wrong_type", "at": "MachineConfigPool/worker#/spec/paused", "text": "`paused` takes a boolean, this is a string"}]),
		"deny": {{"at": "MachineConfigPool/worker#/spec/paused", "message": "`paused` takes a boolean, this is a string"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.pool_with_problem("duplicate_entry", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.pool({}), "deny": set()},
}

_pool(problems) := fixture.pool({"problems": problems})
