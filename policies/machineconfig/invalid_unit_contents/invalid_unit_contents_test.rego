# METADATA
# title: Tests of machineconfig.invalid-unit-contents
package rollgate.machineconfig.invalid_unit_contents_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_unit_contents as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: open section": {
		"input": fixture.machine_config_with_problem("invalid_unit_contents", "/spec/config/systemd/units/0/contents:1", "the section name does not end"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "the section name does not end"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
