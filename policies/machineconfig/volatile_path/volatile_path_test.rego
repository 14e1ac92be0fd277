# METADATA
# title: Tests of machineconfig.volatile-path
package rollgate.machineconfig.volatile_path_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.volatile_path as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a file in /run": {
		"input": fixture.machine_config_with_files([{"path": "/run/site/token"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/run/site/token` is gone after each boot, which degrades the node"}},
	},
	"denied: a directory": {
		"input": fixture.machine_config_with_ignition({"directories": [{"at": fixture.at("/spec/config/storage/directories/0"), "path": "/media/site"}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/directories/0", "message": "directory `/media/site` is gone after each boot"}},
	},
	"allowed: the force file, which another rule denies": {"input": fixture.machine_config_with_files([{"path": "/run/machine-config-daemon-force"}]), "deny": set()},
	"allowed: /var": {"input": fixture.machine_config_with_files([{"path": "/var/lib/site/token"}, {"path": "/var/tmp/site"}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}
