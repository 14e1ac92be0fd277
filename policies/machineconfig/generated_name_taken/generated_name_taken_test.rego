# METADATA
# title: Tests of machineconfig.generated-name-taken
package rollgate.machineconfig.generated_name_taken_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.generated_name_taken as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a name of the templates": {
		"input": fixture.machine_config({"name": "01-worker-kubelet"}),
		"deny": {{"at": "MachineConfig/99-worker#", "message": "the name `01-worker-kubelet` is one that the Machine Config Operator gives"}},
	},
	"denied: a name of a controller": {
		"input": fixture.machine_config({"name": "99-infra-generated-kubelet-1"}),
		"deny": {{"at": "MachineConfig/99-worker#", "message": "the name `99-infra-generated-kubelet-1` is one that the Machine Config Operator gives"}},
	},
	"allowed: made by the operator": {
		"input": fixture.machine_config({"name": "01-worker-kubelet", "generated": true}),
		"deny": set(),
	},
	"allowed: no role": {
		"input": fixture.machine_config({"name": "01-worker-kubelet", "role": null}),
		"deny": set(),
	},
	"allowed: a name of one's own": {
		"input": fixture.machine_config({"name": "99-worker-ssh"}),
		"deny": set(),
	},
}
