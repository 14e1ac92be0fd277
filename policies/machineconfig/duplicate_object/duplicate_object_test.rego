# METADATA
# title: Tests of machineconfig.duplicate-object
package rollgate.machineconfig.duplicate_object_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.duplicate_object as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two of one name": {
		"input": fixture.machine_config_with_problem("duplicate_object", "/metadata/name", "MachineConfig `99-worker` is defined twice"),
		"deny": {{"at": "MachineConfig/99-worker#/metadata/name", "message": "MachineConfig `99-worker` is defined twice"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
