# METADATA
# title: Tests of pool.missing-node-selector
package rollgate.pool.missing_node_selector_test

import data.rollgate.lib.fixture
import data.rollgate.pool.missing_node_selector as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: empty": {
		"input": fixture.pool({"node_selector": {"at": "MachineConfigPool/worker#/spec/nodeSelector", "requirements": []}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/nodeSelector", "message": "pool `worker` has no node selector: no node is in it"}},
	},
	"allowed: a label": {
		"input": fixture.pool({"node_selector": {"at": "MachineConfigPool/worker#/spec/nodeSelector", "requirements": [{"key": "node-role.kubernetes.io/worker", "operator": "Exists"}]}}),
		"deny": set(),
	},
	"allowed: not known": {"input": fixture.pool({}), "deny": set()},
}
