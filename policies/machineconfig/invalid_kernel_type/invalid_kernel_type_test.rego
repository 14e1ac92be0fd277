# METADATA
# title: Tests of machineconfig.invalid-kernel-type
package rollgate.machineconfig.invalid_kernel_type_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_kernel_type as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a short name": {
		"input": fixture.machine_config({"kernel_type": fixture.text("/spec/kernelType", "rt")}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "kernelType `rt` is not one of `64k-pages`, `default`, `realtime`"}},
	},
	"allowed: realtime": {"input": fixture.machine_config({"kernel_type": fixture.text("/spec/kernelType", "realtime")}), "deny": set()},
	"allowed: no kernel type": {"input": fixture.machine_config({}), "deny": set()},
}
