# METADATA
# title: Tests of pool.rendered-too-large
package rollgate.pool.rendered_too_large_test

import data.rollgate.lib.fixture
import data.rollgate.pool.rendered_too_large as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: one byte too many": {
		"input": _pool("4.22", 1572865),
		"deny": {{
			"at": "MachineConfigPool/worker#",
			"message": "the rendered config of pool `worker` has 1572865 bytes; release 4.22 takes 1572864",
		}},
	},
	"allowed: at the limit": {"input": _pool("4.22", 1572864), "deny": set()},
	"allowed: a release without a limit": {"input": _pool("4.21", 1572865), "deny": set()},
	"allowed: no size": {"input": fixture.on({"release": "4.22"}, fixture.pool({})), "deny": set()},
}

_pool(release, size) := fixture.on({"release": release}, fixture.pool({"rendered_size": {
	"at": "MachineConfigPool/worker#",
	"value": size,
}}))
