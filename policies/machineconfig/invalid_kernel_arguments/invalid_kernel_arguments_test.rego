# METADATA
# title: Tests of machineconfig.invalid-kernel-arguments
package rollgate.machineconfig.invalid_kernel_arguments_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_kernel_arguments as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both lists": {
		"input": fixture.machine_config_with_problem("invalid_kernel_arguments", "/spec/config/kernelArguments/shouldNotExist/0", "kernel argument `quiet` is both asked for and forbidden"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/kernelArguments/shouldNotExist/0", "message": "kernel argument `quiet` is both asked for and forbidden"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
