# METADATA
# title: Tests of machineconfig.read-only-path
package rollgate.machineconfig.read_only_path_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.read_only_path as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a file in /usr": {
		"input": fixture.machine_config_with_files([{"path": "/usr/bin/helper"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/usr/bin/helper` is on a read-only filesystem: nodes fail to write it"}},
	},
	"denied: a directory in /sysroot": {
		"input": fixture.machine_config_with_ignition({"directories": [{"at": fixture.at("/spec/config/storage/directories/0"), "path": "/sysroot/data"}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/directories/0", "message": "directory `/sysroot/data` is on a read-only filesystem: nodes fail to write it"}},
	},
	"denied: a folder of its own under /": {
		"input": fixture.machine_config_with_files([{"path": "/data/helper.conf"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/data/helper.conf` is on a read-only filesystem: nodes fail to write it"}},
	},
	"allowed: a relative path, which another rule denies": {"input": fixture.machine_config_with_files([{"path": "usr/bin/helper"}]), "deny": set()},
	"allowed: /usr/local": {"input": fixture.machine_config_with_files([{"path": "/usr/local/bin/helper"}, {"path": "/etc/helper.conf"}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}
