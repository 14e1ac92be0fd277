# METADATA
# title: Tests of machineconfig.invalid-owner
package rollgate.machineconfig.invalid_owner_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_owner as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": fixture.machine_config_with_problem("invalid_owner", "/spec/config/storage/files/0/user", "the owner is given by both id and name"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/user", "message": "the owner is given by both id and name"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
