# METADATA
# title: Tests of pool.without-nodes
package rollgate.pool.without_nodes_test

import data.rollgate.lib.fixture
import data.rollgate.pool.without_nodes as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: none": {
		"input": fixture.pool({"nodes": []}),
		"deny": {{"at": "MachineConfigPool/worker#", "message": "none of the nodes is in the pool `worker`"}},
	},
	"allowed: one": {"input": fixture.pool({"nodes": _nodes(1, 0)}), "deny": set()},
	"allowed: no MachineConfigPool": {"input": fixture.pool({"declared": false, "nodes": []}), "deny": set()},
	"allowed: nodes are not known": {"input": fixture.pool({}), "deny": set()},
}

_nodes(ready, away) := array.concat(
	[_node(sprintf("w%d", [n]), true) | some n in numbers.range(1, ready)],
	[_node(sprintf("a%d", [n]), false) | some n in numbers.range(1, away); away > 0],
)

_node(name, ready) := {
	"at": sprintf("Node/%s#", [name]),
	"name": name,
	"selected_by": ["worker"],
	"pool": "worker",
	"ready": ready,
	"schedulable": true,
}
