# METADATA
# title: Tests of image.architecture-mismatch
package rollgate.image.architecture_mismatch_test

import data.rollgate.image.architecture_mismatch as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another": {
		"input": fixture.on({"architecture": "aarch64"}, fixture.os_image({})),
		"deny": {{"at": "image/sha256:0#/architecture", "message": "the image is for `x86_64`, and the nodes are `aarch64`"}},
	},
	"denied: none that nodes have": {
		"input": fixture.on({"architecture": "aarch64"}, fixture.os_image({"architecture": null, "platform_architecture": "riscv64"})),
		"deny": {{"at": "image/sha256:0#/architecture", "message": "the image is for `riscv64`, which no node is"}},
	},
	"allowed: the same": {
		"input": fixture.on({"architecture": "x86_64"}, fixture.os_image({})),
		"deny": set(),
	},
}
