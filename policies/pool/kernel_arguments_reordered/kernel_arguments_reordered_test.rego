# METADATA
# title: Tests of pool.kernel-arguments-reordered
package rollgate.pool.kernel_arguments_reordered_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_arguments_reordered as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another order": {
		"input": _pool(["b", "a"]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/0", "message": "kernel argument `a` moves, and nothing else: every node of pool `worker` reboots for the order"}},
	},
	"allowed: the same order": {
		"input": _pool(["a", "b"]),
		"deny": set(),
	},
	"allowed: others": {
		"input": _pool(["a"]),
		"deny": set(),
	},
	"allowed: nothing runs yet": {
		"input": fixture.pool_with_kernel_arguments(["a", "b"]),
		"deny": set(),
	},
}

_pool(current) := fixture.pool({
	"kernel_arguments": fixture.texts("/spec/kernelArguments", ["a", "b"]),
	"current": {"fips": false, "kernel_type": "default", "kernel_arguments": current},
})
