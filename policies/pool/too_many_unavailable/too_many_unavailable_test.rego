# METADATA
# title: Tests of pool.too-many-unavailable
package rollgate.pool.too_many_unavailable_test

import data.rollgate.lib.fixture
import data.rollgate.pool.too_many_unavailable as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"denied: a percentage": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "80%"}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `80%` lets 80% of the nodes be away at once"}},
	},
	"denied: of the nodes": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "3"}, "nodes": fixture.nodes(4, 0)}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `3` lets 75% of the nodes be away at once"}},
	},
	"denied: by the status": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "10"}, "status": {"machine_count": {"at": "MachineConfigPool/worker#/status/machineCount", "value": 10}}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `10` lets 100% of the nodes be away at once"}},
	},
	"denied: more nodes than a site lets be away": {
		"parameters": {"max_unavailable_nodes": 5},
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "10"}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `10` lets 10 nodes be away at once, and 5 may be"}},
	},
	"denied: as a percentage": {
		"parameters": {"max_unavailable_nodes": 5},
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "10%"}, "nodes": fixture.nodes(60, 0)}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `10%` lets 6 nodes be away at once, and 5 may be"}},
	},
	"allowed: as many nodes as a site lets be away": {
		"parameters": {"max_unavailable_nodes": 5},
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "5"}}),
		"deny": set(),
	},
	"allowed: one of one": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "1"}, "nodes": fixture.nodes(1, 0)}),
		"deny": set(),
	},
	"allowed: half": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "50%"}}),
		"deny": set(),
	},
	"allowed: of the control plane, which another rule judges": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "80%"}, "name": "master"}),
		"deny": set(),
	},
	"allowed: how many is not known": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "3"}}),
		"deny": set(),
	},
	"allowed: not set": {"input": fixture.pool({}), "deny": set()},
}
