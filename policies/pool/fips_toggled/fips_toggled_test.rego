# METADATA
# title: Tests of pool.fips-toggled
package rollgate.pool.fips_toggled_test

import data.rollgate.lib.fixture
import data.rollgate.pool.fips_toggled as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: switched on": {
		"input": _pool(2, false, "fips"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/fips",
			"message": "the running nodes are not in FIPS mode, which cannot be switched on",
		}},
	},
	"denied: switched off": {
		"input": _pool(2, true, "fips"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/fips",
			"message": "the running nodes are in FIPS mode, which cannot be switched off",
		}},
	},
	"allowed: at installation": {"input": _pool(1, false, "fips"), "deny": set()},
	"allowed: another change": {"input": _pool(2, false, "links"), "deny": set()},
	"allowed: nothing runs yet": {"input": fixture.on({"day": 2}, fixture.pool({})), "deny": set()},
}

_pool(day, running, kind) := fixture.on({"day": day}, fixture.pool({"current": {
	"fips": running,
	"kernel_type": "default",
	"irreconcilable": [{"kind": kind, "at": fixture.at("/spec/fips"), "text": "it changes"}],
}}))
