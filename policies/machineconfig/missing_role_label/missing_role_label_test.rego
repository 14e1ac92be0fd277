# METADATA
# title: Tests of machineconfig.missing-role-label
package rollgate.machineconfig.missing_role_label_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.missing_role_label as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no role": {
		"input": fixture.machine_config({"role": null, "labels": {}, "pools": []}),
		"deny": {{"at": "MachineConfig/99-worker#", "message": "label `machineconfiguration.openshift.io/role` is missing: no pool takes this MachineConfig"}},
	},
	"allowed: selected by another label": {"input": fixture.machine_config({"role": null}), "deny": set()},
	"allowed: rendered": {"input": fixture.machine_config({"role": null, "pools": [], "generated": true, "rendered": true}), "deny": set()},
	"allowed: a role": {"input": fixture.machine_config({}), "deny": set()},
}
