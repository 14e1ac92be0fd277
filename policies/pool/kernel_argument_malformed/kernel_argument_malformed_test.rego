# METADATA
# title: Tests of pool.kernel-argument-malformed
package rollgate.pool.kernel_argument_malformed_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_argument_malformed as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: empty": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", " "]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/1",
			"message": "kernel argument ` ` is empty",
		}},
	},
	"denied: an open quote and a line break": {
		"input": fixture.pool_with_kernel_arguments(["dyndbg=\"file a.c\n+p"]),
		"deny": {
			{
				"at": "MachineConfig/99-worker#/spec/kernelArguments/0",
				"message": "kernel argument `dyndbg=\"file a.c\n+p` holds a line break",
			},
			{
				"at": "MachineConfig/99-worker#/spec/kernelArguments/0",
				"message": "kernel argument `dyndbg=\"file a.c\n+p` opens a quote that it does not close",
			},
		},
	},
	"allowed: quotes that close": {
		"input": fixture.pool_with_kernel_arguments(["dyndbg=\"file a.c +p\"", "audit=1 quiet"]),
		"deny": set(),
	},
	"allowed: no kernel arguments": {"input": fixture.pool({}), "deny": set()},
}
