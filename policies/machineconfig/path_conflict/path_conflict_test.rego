# METADATA
# title: Tests of machineconfig.path-conflict
package rollgate.machineconfig.path_conflict_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.path_conflict as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: file and unit": {
		"input": fixture.machine_config_with_problem("path_conflict", "/spec/config/storage/files/0/path", "path `/etc/systemd/system/node-tuning.service` conflicts with a systemd unit or drop-in"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/path", "message": "path `/etc/systemd/system/node-tuning.service` conflicts with a systemd unit or drop-in"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
