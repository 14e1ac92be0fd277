# METADATA
# title: Tests of pool.invalid-max-unavailable
package rollgate.pool.invalid_max_unavailable_test

import data.rollgate.lib.fixture
import data.rollgate.pool.invalid_max_unavailable as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: negative": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "-1"}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `-1` is neither a number of nodes nor a percentage up to 100%"}},
	},
	"denied: words": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "half"}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `half` is neither a number of nodes nor a percentage up to 100%"}},
	},
	"denied: too much": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "110%"}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `110%` is neither a number of nodes nor a percentage up to 100%"}},
	},
	"denied: a number that is a string": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "\"2\""}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/maxUnavailable", "message": "maxUnavailable `\"2\"` is neither a number of nodes nor a percentage up to 100%"}},
	},
	"allowed: a number": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "3"}}),
		"deny": set(),
	},
	"allowed: a percentage": {
		"input": fixture.pool({"max_unavailable": {"at": "MachineConfigPool/worker#/spec/maxUnavailable", "text": "10%"}}),
		"deny": set(),
	},
	"allowed: not set": {"input": fixture.pool({}), "deny": set()},
}
