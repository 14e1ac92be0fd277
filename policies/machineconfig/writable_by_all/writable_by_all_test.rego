# METADATA
# title: Tests of machineconfig.writable-by-all
package rollgate.machineconfig.writable_by_all_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.writable_by_all as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a file with mode 0777": {
		"input": _file(511),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "file `/etc/site` is writable by every account"}},
	},
	"denied: a directory with mode 0777": {
		"input": _directory(511),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/directories/0/mode", "message": "directory `/var/site` is writable by every account"}},
	},
	"allowed: mode 0755": {
		"input": _file(493),
		"deny": set(),
	},
	"allowed: a mode that is refused": {
		"input": _file(514),
		"deny": set(),
	},
	"allowed: a sticky directory": {
		"input": _directory(1023),
		"deny": set(),
	},
	"allowed: no mode": {
		"input": fixture.machine_config_with_files([{"path": "/etc/site", "mode": null}]),
		"deny": set(),
	},
}

_file(mode) := fixture.machine_config_with_files([{
	"path": "/etc/site",
	"mode": fixture.integer("/spec/config/storage/files/0/mode", mode),
}])

_directory(mode) := fixture.machine_config_with_ignition({"directories": [{
	"at": fixture.at("/spec/config/storage/directories/0"),
	"path": "/var/site",
	"mode": fixture.integer("/spec/config/storage/directories/0/mode", mode),
}]})
