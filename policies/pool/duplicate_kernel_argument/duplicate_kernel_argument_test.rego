# METADATA
# title: Tests of pool.duplicate-kernel-argument
package rollgate.pool.duplicate_kernel_argument_test

import data.rollgate.lib.fixture
import data.rollgate.pool.duplicate_kernel_argument as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the second of two": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "quiet", "audit=1"]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/2",
			"message": "kernel argument `audit=1` is given twice",
		}},
	},
	"allowed: huge pages of two sizes": {
		"input": fixture.pool_with_kernel_arguments(["hugepagesz=1G", "hugepages=4", "hugepagesz=2M", "hugepages=4"]),
		"deny": set(),
	},
	"allowed: two consoles": {
		"input": fixture.pool_with_kernel_arguments(["console=tty0", "console=ttyS0"]),
		"deny": set(),
	},
	"allowed: no kernel arguments": {"input": fixture.pool({}), "deny": set()},
}
