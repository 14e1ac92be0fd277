# METADATA
# title: Tests of pool.node-in-several-pools
package rollgate.pool.node_in_several_pools_test

import data.rollgate.lib.fixture
import data.rollgate.pool.node_in_several_pools as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two custom pools": {
		"input": fixture.pool({"nodes_elsewhere": [{"at": "Node/a#", "name": "a", "roles": [], "selected_by": ["infra", "storage", "worker"], "schedulable": true}]}),
		"deny": {{"at": "Node/a#", "message": "node `a` is in the custom pools `infra`, `storage`: the operator leaves it alone"}},
	},
	"allowed: one custom pool": {
		"input": fixture.pool({"nodes_elsewhere": [{"at": "Node/a#", "name": "a", "roles": [], "selected_by": ["infra", "worker"], "pool": "infra", "schedulable": true}]}),
		"deny": set(),
	},
	"allowed: nodes are not known": {"input": fixture.pool({}), "deny": set()},
}
