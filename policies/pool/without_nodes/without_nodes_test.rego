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
		"input": fixture.pool({"name": "infra", "nodes": []}),
		"deny": {{"at": "MachineConfigPool/worker#", "message": "none of the nodes is in the pool `infra`"}},
	},
	"allowed: a cluster without workers": {"input": fixture.pool({"nodes": []}), "deny": set()},
	"allowed: one": {"input": fixture.pool({"name": "infra", "nodes": fixture.nodes(1, 0)}), "deny": set()},
	"allowed: no MachineConfigPool": {"input": fixture.pool({"name": "infra", "declared": false, "nodes": []}), "deny": set()},
	"allowed: nodes are not known": {"input": fixture.pool({"name": "infra"}), "deny": set()},
}
