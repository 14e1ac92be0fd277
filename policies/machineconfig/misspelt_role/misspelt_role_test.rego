# METADATA
# title: Tests of machineconfig.misspelt-role
package rollgate.machineconfig.misspelt_role_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.misspelt_role as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a slip": {
		"input": _role({"role_resembles": "worker"}),
		"deny": {{"at": "MachineConfig/99-worker#/metadata/labels/machineconfiguration.openshift.io~1role", "message": "the role `wroker` is probably a slip of `worker`, and no pool of that name is given"}},
	},
	"allowed: pools are given": {
		"input": _role({"role_resembles": "worker", "pools_declared": true}),
		"deny": set(),
	},
	"allowed: a role": {
		"input": _role({}),
		"deny": set(),
	},
}

_role(changes) := fixture.machine_config(object.union(
	{
		"pools_declared": false,
		"role": fixture.text("/metadata/labels/machineconfiguration.openshift.io~1role", "wroker"),
	},
	changes,
))
