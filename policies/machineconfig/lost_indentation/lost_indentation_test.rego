# METADATA
# title: Tests of machineconfig.lost-indentation
package rollgate.machineconfig.lost_indentation_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.lost_indentation as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the name stands beside an empty key": {
		"input": fixture.machine_config_with_problem("lost_indentation", "/name", "`name` stands beside an empty `metadata`"),
		"deny": {{"at": "MachineConfig/99-worker#/name", "message": "`name` stands beside an empty `metadata`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
