# METADATA
# title: Tests of machineconfig.leftover-field
package rollgate.machineconfig.leftover_field_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.leftover_field as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: networkd": {
		"input": fixture.machine_config_with_problem("leftover_field", "/spec/config/networkd", "`networkd` is left over"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/networkd", "message": "`networkd` is left over"}},
	},
	"allowed: a field that was never there, which another rule denies": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec/config/netwrokd", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
