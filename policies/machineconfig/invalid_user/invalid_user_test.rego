# METADATA
# title: Tests of machineconfig.invalid-user
package rollgate.machineconfig.invalid_user_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_user as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another user": {
		"input": fixture.machine_config_with_problem("invalid_user", "/spec/config/passwd/users/0/name", "a config of Ignition 2.2 may only describe the user `core`, not `admin`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/passwd/users/0/name", "message": "a config of Ignition 2.2 may only describe the user `core`, not `admin`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
