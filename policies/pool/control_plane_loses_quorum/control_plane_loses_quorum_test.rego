# METADATA
# title: Tests of pool.control-plane-loses-quorum
package rollgate.pool.control_plane_loses_quorum_test

import data.rollgate.lib.fixture
import data.rollgate.pool.control_plane_loses_quorum as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two nodes": {
		"input": _pool("master", "2"),
		"deny": {{"at": "MachineConfigPool/master#/spec/maxUnavailable", "message": "maxUnavailable `2` lets control plane nodes restart together, and etcd lose its quorum"}},
	},
	"denied: most of them": {
		"input": _pool("master", "70%"),
		"deny": {{"at": "MachineConfigPool/master#/spec/maxUnavailable", "message": "maxUnavailable `70%` lets control plane nodes restart together, and etcd lose its quorum"}},
	},
	"denied: three of five": {
		"input": object.union(_pool("master", "60%"), {"pool": {"nodes": fixture.nodes(5, 0)}}),
		"deny": {{"at": "MachineConfigPool/master#/spec/maxUnavailable", "message": "maxUnavailable `60%` lets control plane nodes restart together, and etcd lose its quorum"}},
	},
	"denied: three of five, as the status tells": {
		"input": object.union(_pool("master", "3"), {"pool": {"status": {"machine_count": {"at": "MachineConfigPool/master#/status/machineCount", "value": 5}}}}),
		"deny": {{"at": "MachineConfigPool/master#/spec/maxUnavailable", "message": "maxUnavailable `3` lets control plane nodes restart together, and etcd lose its quorum"}},
	},
	"allowed: two of five": {"input": object.union(_pool("master", "2"), {"pool": {"nodes": fixture.nodes(5, 0)}}), "deny": set()},
	"allowed: one node": {"input": _pool("master", "1"), "deny": set()},
	"allowed: one of three": {"input": _pool("master", "34%"), "deny": set()},
	"allowed: workers": {"input": _pool("worker", "5"), "deny": set()},
	"allowed: not set": {"input": fixture.pool({"name": "master"}), "deny": set()},
}

_pool(name, limit) := fixture.pool({
	"name": name,
	"max_unavailable": {"at": "MachineConfigPool/master#/spec/maxUnavailable", "text": limit},
})
