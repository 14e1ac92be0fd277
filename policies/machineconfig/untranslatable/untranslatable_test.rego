# METADATA
# title: Tests of machineconfig.untranslatable
package rollgate.machineconfig.untranslatable_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.untranslatable as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: networkd": {
		"input": fixture.machine_config_with_problem("untranslatable", "/spec/config/networkd", "networkd units cannot be translated to Ignition 3"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/networkd", "message": "networkd units cannot be translated to Ignition 3"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
