# METADATA
# title: Tests of machineconfig.duplicate-key
package rollgate.machineconfig.duplicate_key_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.duplicate_key as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: kernel arguments": {
		"input": fixture.machine_config_with_problem("duplicate_key", "/spec/kernelArguments", "key `kernelArguments` is written twice; only the last one counts"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments", "message": "key `kernelArguments` is written twice; only the last one counts"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
