# METADATA
# title: Tests of pool.irreconcilable-change
package rollgate.pool.irreconcilable_change_test

import data.rollgate.lib.fixture
import data.rollgate.pool.irreconcilable_change as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a directory on day 2": {
		"input": _pool(2, "directories"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/directories/0",
			"message": "running nodes of pool `worker` cannot take this change: directory `/var/site` is added",
		}},
	},
	"allowed: a directory on day 1": {"input": _pool(1, "directories"), "deny": set()},
	"allowed: fips, which another rule judges": {"input": _pool(2, "fips"), "deny": set()},
	"allowed: nothing runs yet": {"input": fixture.on({"day": 2}, fixture.pool({})), "deny": set()},
}

_pool(day, kind) := fixture.on({"day": day}, fixture.pool({"current": {
	"fips": false,
	"kernel_type": "default",
	"irreconcilable": [{
		"kind": kind,
		"at": fixture.at("/spec/config/storage/directories/0"),
		"text": "directory `/var/site` is added",
	}],
}}))
