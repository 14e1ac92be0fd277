# METADATA
# title: Tests of machineconfig.wrong-type
package rollgate.machineconfig.wrong_type_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.wrong_type as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: mode as string": {
		"input": fixture.machine_config_with_problem("wrong_type", "/spec/config/storage/files/0/mode", "`mode` takes an integer, this is the string `0644`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "`mode` takes an integer, this is the string `0644`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
