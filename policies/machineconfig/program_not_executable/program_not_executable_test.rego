# METADATA
# title: Tests of machineconfig.program-not-executable
package rollgate.machineconfig.program_not_executable_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.program_not_executable as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a unit runs it": {
		"input": _document("/usr/local/bin/tune", "/usr/local/bin/tune --all", 420),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "file `/usr/local/bin/tune` is run by `ExecStart` of unit `tune.service`, but its mode has no execute bit"}},
	},
	"denied: a script among programs": {
		"input": _files([{"path": "/usr/local/bin/tune", "mode": null, "contents": fixture.contents(0, "#!/bin/sh")}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/usr/local/bin/tune` is a script among programs, but its mode has no execute bit"}},
	},
	"allowed: mode 0755": {
		"input": _document("/usr/local/bin/tune", "/usr/local/bin/tune", 493),
		"deny": set(),
	},
	"allowed: a shell reads it": {
		"input": _document("/usr/local/bin/tune", "/bin/sh /usr/local/bin/tune", 420),
		"deny": set(),
	},
	"allowed: what the operator generates": {
		"input": object.union(_document("/usr/local/bin/tune", "/usr/local/bin/tune", 420), {"machine_config": {"generated": true}}),
		"deny": set(),
	},
	"allowed: no program": {
		"input": _files([{"path": "/etc/motd"}]),
		"deny": set(),
	},
}

_files(files) := fixture.machine_config_with_files(files)

_document(path, command, mode) := object.union(
	fixture.machine_config_with_files([{
		"path": path,
		"mode": fixture.integer("/spec/config/storage/files/0/mode", mode),
		"contents": fixture.contents(0, "#!/bin/sh"),
	}]),
	fixture.machine_config_with_units([{
		"name": "tune.service",
		"entries": fixture.entries("/spec/config/systemd/units/0/contents", [
			["Unit", "Description", "Tunes the node"],
			["Service", "ExecStart", command],
		]),
	}]),
)
