# METADATA
# title: Tests of pool.degraded-pool
package rollgate.pool.degraded_pool_test

import data.rollgate.lib.fixture
import data.rollgate.pool.degraded_pool as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a node": {
		"input": fixture.pool({"status": {"conditions": [{"at": "MachineConfigPool/worker#/status/conditions/0", "kind": "NodeDegraded", "status": "True", "message": "Node w0 is reporting: unexpected on-disk state"}]}}),
		"deny": {{"at": "MachineConfigPool/worker#/status/conditions/0", "message": "pool `worker` is degraded already: Node w0 is reporting: unexpected on-disk state"}},
	},
	"denied: without a message": {
		"input": fixture.pool({"status": {"conditions": [{"at": "MachineConfigPool/worker#/status/conditions/0", "kind": "Degraded", "status": "True"}]}}),
		"deny": {{"at": "MachineConfigPool/worker#/status/conditions/0", "message": "pool `worker` is degraded already: Degraded"}},
	},
	"allowed: not so": {
		"input": fixture.pool({"status": {"conditions": [{"at": "MachineConfigPool/worker#/status/conditions/0", "kind": "NodeDegraded", "status": "False", "message": "Node w0 is reporting: unexpected on-disk state"}]}}),
		"deny": set(),
	},
	"allowed: another condition": {
		"input": fixture.pool({"status": {"conditions": [{"at": "MachineConfigPool/worker#/status/conditions/0", "kind": "Updated", "status": "True", "message": "Node w0 is reporting: unexpected on-disk state"}]}}),
		"deny": set(),
	},
	"allowed: no status": {"input": fixture.pool({}), "deny": set()},
}
