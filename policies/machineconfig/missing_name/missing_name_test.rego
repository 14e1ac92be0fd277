# METADATA
# title: Tests of machineconfig.missing-name
package rollgate.machineconfig.missing_name_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.missing_name as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no name": {
		"input": fixture.machine_config_with_problem("missing_name", "/metadata", "the MachineConfig has no name"),
		"deny": {{"at": "MachineConfig/99-worker#/metadata", "message": "the MachineConfig has no name"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
