# METADATA
# title: Tests of image.without-kernel
package rollgate.image.without_kernel_test

import data.rollgate.image.without_kernel as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no folder": {
		"input": fixture.os_image({"kernels": []}),
		"deny": {{"at": "image/sha256:0#", "message": "no kernel is in `/usr/lib/modules`"}},
	},
	"denied: only what is left of one": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"vmlinuz": false})]}),
		"deny": {{"at": "image/sha256:0#", "message": "no kernel is in `/usr/lib/modules`"}},
	},
	"allowed: a kernel": {"input": fixture.os_image({}), "deny": set()},
	"allowed: an extensions image": {"input": fixture.os_image({"kernels": [], "extensions": {}}), "deny": set()},
}
