# METADATA
# title: Tests of machineconfig.ordering-cycle
package rollgate.machineconfig.ordering_cycle_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ordering_cycle as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.machine_config_with_problem("ordering_cycle", "/spec/config/systemd/units/0/contents:2", "`a.service` waits for itself: it comes before `b.service`, then `a.service`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:2", "message": "`a.service` waits for itself: it comes before `b.service`, then `a.service`"}},
	},
	"allowed: another problem": {
		"input": fixture.machine_config_with_problem("wrong_type", "/spec/fips", "`fips` takes a boolean"),
		"deny": set(),
	},
	"allowed: no problem": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}
