# METADATA
# title: Tests of machineconfig.kernel-arguments-in-ignition
package rollgate.machineconfig.kernel_arguments_in_ignition_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.kernel_arguments_in_ignition as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an argument": {
		"input": _arguments("kernel_arguments_should_exist", "shouldExist"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/kernelArguments/shouldExist/0", "message": "kernel argument `audit=1` in `shouldExist` of the Ignition config reaches new nodes only"}},
	},
	"denied: an argument to be removed": {
		"input": _arguments("kernel_arguments_should_not_exist", "shouldNotExist"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/kernelArguments/shouldNotExist/0", "message": "kernel argument `audit=1` in `shouldNotExist` of the Ignition config reaches new nodes only"}},
	},
	"allowed: none": {
		"input": fixture.machine_config({"kernel_arguments": fixture.texts("/spec/kernelArguments", ["audit=1"])}),
		"deny": set(),
	},
}

_arguments(list, name) := fixture.machine_config_with_ignition({list: fixture.texts(sprintf("/spec/config/kernelArguments/%s", [name]), ["audit=1"])})
