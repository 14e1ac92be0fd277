# METADATA
# title: Tests of pool.kernel-type-not-undone
package rollgate.pool.kernel_type_not_undone_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_type_not_undone as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: default": {
		"input": _pool({}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "kernel type `default` has no effect in pool `worker`, which gets `realtime`"}},
	},
	"allowed: written by the operator": {
		"input": _pool({"machine_configs": [{"at": fixture.at(""), "name": "99-worker", "generated": true, "merged": true}]}),
		"deny": set(),
	},
	"allowed: nothing else": {
		"input": _pool({"kernel_type": null}),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(changes) := fixture.pool(object.union(
	{
		"kernel_type": {"at": "MachineConfig/98-worker#/spec/kernelType", "text": "realtime"},
		"kernel_types": [
			{"at": "MachineConfig/98-worker#/spec/kernelType", "text": "realtime"},
			fixture.text("/spec/kernelType", "default"),
		],
	},
	changes,
))
