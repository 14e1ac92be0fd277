# METADATA
# title: Tests of pool.arbiter-max-unavailable
package rollgate.pool.arbiter_max_unavailable_test

import data.rollgate.lib.fixture
import data.rollgate.pool.arbiter_max_unavailable as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two": {
		"input": _pool("arbiter", "2"),
		"deny": {{"at": "MachineConfigPool/arbiter#/spec/maxUnavailable", "message": "maxUnavailable `2` has no effect: arbiters are updated one by one"}},
	},
	"allowed: one": {"input": _pool("arbiter", "1"), "deny": set()},
	"allowed: workers": {"input": _pool("worker", "2"), "deny": set()},
	"allowed: not set": {"input": fixture.pool({"name": "arbiter"}), "deny": set()},
}

_pool(name, limit) := fixture.pool({
	"name": name,
	"max_unavailable": {"at": sprintf("MachineConfigPool/%s#/spec/maxUnavailable", [name]), "text": limit},
})
