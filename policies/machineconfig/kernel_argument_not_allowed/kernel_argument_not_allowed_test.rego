# METADATA
# title: Tests of machineconfig.kernel-argument-not-allowed
package rollgate.machineconfig.kernel_argument_not_allowed_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.kernel_argument_not_allowed as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"allowed: any argument by default": {"input": _arguments(["quiet", "hugepages=16"]), "deny": set()},
	"denied: refused with any value": {
		"input": _arguments(["selinux=0", "quiet"]),
		"parameters": {"denied_kernel_arguments": ["selinux"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/0", "message": "kernel argument `selinux=0` is not allowed"}},
	},
	"denied: refused with this value": {
		"input": _arguments(["audit=1 audit=0"]),
		"parameters": {"denied_kernel_arguments": ["audit=0"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/0", "message": "kernel argument `audit=0` is not allowed"}},
	},
	"denied: not on the list": {
		"input": _arguments(["hugepages=16", "hugepagesz=1G"]),
		"parameters": {"allowed_kernel_arguments": ["hugepages"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/1", "message": "kernel argument `hugepagesz=1G` is not allowed"}},
	},
	"denied: in the Ignition config": {
		"input": fixture.machine_config_with_ignition({"kernel_arguments_should_exist": [fixture.text("/spec/config/kernelArguments/shouldExist/0", "debug")]}),
		"parameters": {"denied_kernel_arguments": ["debug"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/kernelArguments/shouldExist/0", "message": "kernel argument `debug` is not allowed"}},
	},
	"allowed: no argument": {
		"input": fixture.machine_config({}),
		"parameters": {"allowed_kernel_arguments": []},
		"deny": set(),
	},
}

_arguments(values) := fixture.machine_config({"kernel_arguments": fixture.texts("/spec/kernelArguments", values)})
