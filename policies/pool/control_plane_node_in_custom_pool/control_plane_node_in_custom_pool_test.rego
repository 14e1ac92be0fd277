# METADATA
# title: Tests of pool.control-plane-node-in-custom-pool
package rollgate.pool.control_plane_node_in_custom_pool_test

import data.rollgate.lib.fixture
import data.rollgate.pool.control_plane_node_in_custom_pool as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a custom pool": {
		"input": fixture.pool({"name": "infra", "nodes_elsewhere": [{"at": "Node/a#", "name": "a", "roles": [], "selected_by": ["infra", "master"], "pool": "master", "schedulable": true}]}),
		"deny": {{"at": "Node/a#", "message": "node `a` stays in the pool `master`, although `infra` selects it too"}},
	},
	"allowed: workers": {
		"input": fixture.pool({"nodes_elsewhere": [{"at": "Node/a#", "name": "a", "roles": [], "selected_by": ["master", "worker"], "pool": "master", "schedulable": true}]}),
		"deny": set(),
	},
	"allowed: nodes are not known": {"input": fixture.pool({"name": "infra"}), "deny": set()},
}
