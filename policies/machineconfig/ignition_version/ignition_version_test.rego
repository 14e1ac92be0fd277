# METADATA
# title: Tests of machineconfig.ignition-version
package rollgate.machineconfig.ignition_version_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ignition_version as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: too new": {
		"input": fixture.machine_config_with_problem("ignition_version", "/spec/config/ignition/version", "no Machine Config Operator takes Ignition `3.6.0`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/ignition/version", "message": "no Machine Config Operator takes Ignition `3.6.0`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
