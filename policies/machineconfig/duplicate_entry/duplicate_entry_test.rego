# METADATA
# title: Tests of machineconfig.duplicate-entry
package rollgate.machineconfig.duplicate_entry_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.duplicate_entry as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: file twice": {
		"input": fixture.machine_config_with_problem("duplicate_entry", "/spec/config/storage/files/1", "`/etc/motd` is listed twice"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/1", "message": "`/etc/motd` is listed twice"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
