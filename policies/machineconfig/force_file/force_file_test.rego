# METADATA
# title: Tests of machineconfig.force-file
package rollgate.machineconfig.force_file_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.force_file as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the force file": {
		"input": fixture.machine_config_with_files([{"path": "/run/machine-config-daemon-force"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "the operator refuses `/run/machine-config-daemon-force`, which skips its own checks"}},
	},
	"allowed: another file": {"input": fixture.machine_config_with_files([{"path": "/run/site/token"}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}
