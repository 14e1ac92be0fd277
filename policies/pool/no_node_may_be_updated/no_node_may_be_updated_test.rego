# METADATA
# title: Tests of pool.no-node-may-be-updated
package rollgate.pool.no_node_may_be_updated_test

import data.rollgate.lib.fixture
import data.rollgate.pool.no_node_may_be_updated as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: one": {
		"input": fixture.pool({"nodes": fixture.nodes(2, 1)}),
		"deny": {{"at": "MachineConfigPool/worker#", "message": "1 of 3 nodes are away (`a1`), and pool `worker` lets no more be"}},
	},
	"denied: half": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "50%"}, "nodes": fixture.nodes(2, 2)}),
		"deny": {{"at": "MachineConfigPool/worker#", "message": "2 of 4 nodes are away (`a1`, `a2`), and pool `worker` lets no more be"}},
	},
	"allowed: one of two": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "2"}, "nodes": fixture.nodes(2, 1)}),
		"deny": set(),
	},
	"allowed: all are there": {"input": fixture.pool({"nodes": fixture.nodes(2, 0)}), "deny": set()},
	"allowed: nodes are not known": {"input": fixture.pool({}), "deny": set()},
}
