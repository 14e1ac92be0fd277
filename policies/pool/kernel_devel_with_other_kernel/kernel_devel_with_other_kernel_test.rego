# METADATA
# title: Tests of pool.kernel-devel-with-other-kernel
package rollgate.pool.kernel_devel_with_other_kernel_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_devel_with_other_kernel as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: with the realtime kernel": {
		"input": _pool(["usbguard", "kernel-devel"], "realtime"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/extensions/1",
			"message": "extension `kernel-devel` is not supported with kernel type `realtime`",
		}},
	},
	"allowed: with the default kernel": {"input": _pool(["kernel-devel"], "default"), "deny": set()},
	"allowed: another extension": {"input": _pool(["usbguard"], "realtime"), "deny": set()},
	"allowed: no kernel type": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["kernel-devel"])}),
		"deny": set(),
	},
}

_pool(extensions, kernel_type) := fixture.pool({
	"extensions": fixture.texts("/spec/extensions", extensions),
	"kernel_type": fixture.text("/spec/kernelType", kernel_type),
})
