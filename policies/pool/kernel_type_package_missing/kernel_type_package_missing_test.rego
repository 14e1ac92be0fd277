# METADATA
# title: Tests of pool.kernel-type-package-missing
package rollgate.pool.kernel_type_package_missing_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_type_package_missing as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not there": {
		"input": fixture.pool({"kernel_type": fixture.text("/spec/kernelType", "realtime"), "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {"kernel-rt-core": "5-1.x86_64", "kernel-rt-modules": "5-1.x86_64"}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "kernel type `realtime` installs `kernel-rt-modules-extra`, which `quay.io/example/extensions@sha256:1` does not have"}},
	},
	"allowed: the default": {
		"input": fixture.pool({"kernel_type": fixture.text("/spec/kernelType", "default"), "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {}}}),
		"deny": set(),
	},
	"allowed: no extensions image": {
		"input": fixture.pool({"kernel_type": fixture.text("/spec/kernelType", "realtime")}),
		"deny": set(),
	},
}
