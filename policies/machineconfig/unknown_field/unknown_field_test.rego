# METADATA
# title: Tests of machineconfig.unknown-field
package rollgate.machineconfig.unknown_field_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unknown_field as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: enable": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec/config/systemd/units/0/enable", "field `enable` does not exist; did you mean `enabled`?"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enable", "message": "field `enable` does not exist; did you mean `enabled`?"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("wrong_type", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
