# METADATA
# title: Tests of pool.kernel-argument-overridden
package rollgate.pool.kernel_argument_overridden_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_argument_overridden as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two values": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "quiet", "audit=0"]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/0", "message": "kernel argument `audit=1` has no effect: `audit=0` comes later"}},
	},
	"allowed: one value twice": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "audit=1"]),
		"deny": set(),
	},
	"allowed: one that may have several": {
		"input": fixture.pool_with_kernel_arguments(["console=tty0", "console=ttyS0"]),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}
