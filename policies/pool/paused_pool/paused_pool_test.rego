# METADATA
# title: Tests of pool.paused-pool
package rollgate.pool.paused_pool_test

import data.rollgate.lib.fixture
import data.rollgate.pool.paused_pool as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: paused": {
		"input": _pool(true),
		"deny": {{
			"at": "MachineConfigPool/worker#/spec/paused",
			"message": "pool `worker` is paused: its nodes get no change",
		}},
	},
	"allowed: not paused": {"input": _pool(false), "deny": set()},
	"allowed: not said": {"input": fixture.pool({}), "deny": set()},
}

_pool(paused) := fixture.pool({"paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": paused}})
