# METADATA
# title: Tests of pool.mitigations-disabled
package rollgate.pool.mitigations_disabled_test

import data.rollgate.lib.fixture
import data.rollgate.pool.mitigations_disabled as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: mitigations=off": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "mitigations=off"]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/1",
			"message": "kernel argument `mitigations=off` disables CPU mitigations",
		}},
	},
	"denied: hidden in an entry of several words": {
		"input": fixture.pool_with_kernel_arguments(["quiet nopti"]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/0",
			"message": "kernel argument `nopti` disables CPU mitigations",
		}},
	},
	"denied: in the Ignition config": {
		"input": fixture.pool_with_ignition({"kernel_arguments_should_exist": fixture.texts("/spec/config/kernelArguments/shouldExist", ["mitigations=off"])}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/kernelArguments/shouldExist/0",
			"message": "kernel argument `mitigations=off` disables CPU mitigations",
		}},
	},
	"allowed: mitigations chosen by the kernel": {
		"input": fixture.pool_with_kernel_arguments(["mitigations=auto,nosmt"]),
		"deny": set(),
	},
	"allowed: no kernel arguments": {"input": fixture.pool_with_kernel_arguments([]), "deny": set()},
}
