# METADATA
# title: Tests of machineconfig.invalid-source
package rollgate.machineconfig.invalid_source_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_source as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: local file": {
		"input": fixture.machine_config_with_problem("invalid_source", "/spec/config/storage/files/0/contents/source", "`file` is not a scheme that Ignition knows"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "`file` is not a scheme that Ignition knows"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
