# METADATA
# title: Tests of machineconfig.program-without-interpreter
package rollgate.machineconfig.program_without_interpreter_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.program_without_interpreter as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a text": {
		"input": _document("echo tuned", "-/usr/local/bin/tune --all"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/usr/local/bin/tune` is run by `ExecStart` of unit `tune.service`, but does not begin with `#!`"}},
	},
	"allowed: a script": {
		"input": _document("#!/bin/sh", "/usr/local/bin/tune"),
		"deny": set(),
	},
	"allowed: a shell reads it": {
		"input": _document("echo tuned", "/bin/sh /usr/local/bin/tune"),
		"deny": set(),
	},
	"allowed: emptied": {
		"input": _document("", "/usr/local/bin/tune"),
		"deny": set(),
	},
	"allowed: no units": {
		"input": fixture.machine_config_with_files([{"path": "/etc/motd"}]),
		"deny": set(),
	},
}

_document(text, command) := object.union(
	fixture.machine_config_with_files([{"path": "/usr/local/bin/tune", "contents": fixture.contents(0, text)}]),
	fixture.machine_config_with_units([{
		"name": "tune.service",
		"entries": fixture.entries("/spec/config/systemd/units/0/contents", [["Service", "ExecStart", command]]),
	}]),
)
