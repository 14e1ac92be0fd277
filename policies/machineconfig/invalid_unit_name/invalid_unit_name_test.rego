# METADATA
# title: Tests of machineconfig.invalid-unit-name
package rollgate.machineconfig.invalid_unit_name_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_unit_name as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no suffix": {
		"input": fixture.machine_config_with_problem("invalid_unit_name", "/spec/config/systemd/units/0/name", "`node-tuning` does not end in a type of systemd unit"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/name", "message": "`node-tuning` does not end in a type of systemd unit"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
