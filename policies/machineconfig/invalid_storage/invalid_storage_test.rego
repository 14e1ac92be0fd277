# METADATA
# title: Tests of machineconfig.invalid-storage
package rollgate.machineconfig.invalid_storage_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_storage as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: zfs": {
		"input": fixture.machine_config_with_problem("invalid_storage", "/spec/config/storage/filesystems/0/format", "filesystem format `zfs` is not one that Ignition makes"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/filesystems/0/format", "message": "filesystem format `zfs` is not one that Ignition makes"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
