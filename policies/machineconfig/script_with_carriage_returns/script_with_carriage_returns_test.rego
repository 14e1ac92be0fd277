# METADATA
# title: Tests of machineconfig.script-with-carriage-returns
package rollgate.machineconfig.script_with_carriage_returns_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.script_with_carriage_returns as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a carriage return": {
		"input": _script("#!/bin/sh\r\necho tuned\r\n"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "the first line of script `/usr/local/bin/tune` ends in a carriage return, so its interpreter is not found"}},
	},
	"allowed: a line feed": {
		"input": _script("#!/bin/sh\necho tuned\r\n"),
		"deny": set(),
	},
	"allowed: no script": {
		"input": _script("tuned\r\n"),
		"deny": set(),
	},
	"allowed: no files": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_script(text) := fixture.machine_config_with_files([{"path": "/usr/local/bin/tune", "contents": fixture.contents(0, text)}])
