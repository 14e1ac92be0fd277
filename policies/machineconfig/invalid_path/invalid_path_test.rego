# METADATA
# title: Tests of machineconfig.invalid-path
package rollgate.machineconfig.invalid_path_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_path as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: relative": {
		"input": fixture.machine_config_with_problem("invalid_path", "/spec/config/storage/files/0/path", "path `etc/motd` is not absolute"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/path", "message": "path `etc/motd` is not absolute"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
