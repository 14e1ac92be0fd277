# METADATA
# title: Tests of pool.conflicting-kernel-types
package rollgate.pool.conflicting_kernel_types_test

import data.rollgate.lib.fixture
import data.rollgate.pool.conflicting_kernel_types as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two kernels": {
		"input": _pool(["realtime", "64k-pages"]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType/0", "message": "kernel type `realtime` has no effect in pool `worker`, which gets `64k-pages`"}},
	},
	"allowed: one kernel": {
		"input": _pool(["64k-pages", "64k-pages"]),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(kinds) := fixture.pool({
	"kernel_type": fixture.text("/spec/kernelType/1", "64k-pages"),
	"kernel_types": fixture.texts("/spec/kernelType", kinds),
})
