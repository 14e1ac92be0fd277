# METADATA
# title: Tests of pool.extension-kernel-mismatch
package rollgate.pool.extension_kernel_mismatch_test

import data.rollgate.lib.fixture
import data.rollgate.pool.extension_kernel_mismatch as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another kernel": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["kernel-devel"]), "image": {"at": "image/sha256:0#", "digest": "sha256:0", "reference": "quay.io/example/os@sha256:0", "packages": {"kernel-core": "5.14.0-570.el9.x86_64"}}, "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {"kernel-devel": "5.14.0-503.el9.x86_64"}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "`kernel-devel` of the extensions image is of version 5.14.0-503.el9, and the kernel of the image of 5.14.0-570.el9"}},
	},
	"denied: another real-time kernel": {
		"input": fixture.pool({"kernel_type": fixture.text("/spec/kernelType", "realtime"), "image": {"at": "image/sha256:0#", "digest": "sha256:0", "reference": "quay.io/example/os@sha256:0", "packages": {"kernel-core": "5.14.0-570.el9.x86_64"}}, "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {"kernel-rt-core": "5.14.0-503.el9.x86_64"}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "`kernel-rt-core` of the extensions image is of version 5.14.0-503.el9, and the kernel of the image of 5.14.0-570.el9"}},
	},
	"allowed: the same": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["kernel-devel"]), "image": {"at": "image/sha256:0#", "digest": "sha256:0", "reference": "quay.io/example/os@sha256:0", "packages": {"kernel-core": "5.14.0-570.el9.x86_64"}}, "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {"kernel-devel": "5.14.0-570.el9.x86_64"}}}),
		"deny": set(),
	},
	"allowed: no images": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["kernel-devel"])}),
		"deny": set(),
	},
}
