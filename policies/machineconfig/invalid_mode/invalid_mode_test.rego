# METADATA
# title: Tests of machineconfig.invalid-mode
package rollgate.machineconfig.invalid_mode_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_mode as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: setuid": {
		"input": fixture.machine_config_with_problem("invalid_mode", "/spec/config/storage/files/0/mode", "mode `04755` cannot exceed `0777`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "mode `04755` cannot exceed `0777`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
