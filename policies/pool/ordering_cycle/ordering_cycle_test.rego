# METADATA
# title: Tests of pool.ordering-cycle
package rollgate.pool.ordering_cycle_test

import data.rollgate.lib.fixture
import data.rollgate.pool.ordering_cycle as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.pool_with_problem("ordering_cycle", "/spec/config/systemd/units/0/contents:2", "`a.service` waits for itself: it comes before `b.service`, then `a.service`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:2", "message": "among the MachineConfigs of pool `worker`, `a.service` waits for itself: it comes before `b.service`, then `a.service`"}},
	},
	"allowed: another problem": {
		"input": fixture.pool_with_problem("wrong_type", "/spec/paused", "`paused` takes a boolean"),
		"deny": set(),
	},
	"allowed: no problem": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}
