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
	"denied: no role and no pool": {
		"input": fixture.machine_config({"role": null, "labels": null, "pools": []}),
		"deny": {{
			"at": "MachineConfig/99-worker#",
			"message": "the MachineConfig has no label `machineconfiguration.openshift.io/role`, so it reaches no node",
		}},
	},
	"denied: an empty role": {
		"input": fixture.machine_config({"role": fixture.text("/metadata/labels/role", ""), "pools": []}),
		"deny": {{
			"at": "MachineConfig/99-worker#/metadata/labels/role",
			"message": "the role of the MachineConfig is empty, so it reaches no node",
		}},
	},
	"allowed: a pool selects it by another label": {
		"input": fixture.machine_config({"role": null, "labels": {"site": "edge"}, "pools": ["edge"]}),
		"deny": set(),
	},
	"allowed: a rendered config": {
		"input": fixture.machine_config({"role": null, "labels": null, "pools": [], "rendered": true}),
		"deny": set(),
	},
	"allowed: a role": {"input": fixture.machine_config({}), "deny": set()},
}
