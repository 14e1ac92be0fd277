# METADATA
# title: Tests of image.several-kernels
package rollgate.image.several_kernels_test

import data.rollgate.image.several_kernels as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two that boot": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({}), fixture.os_kernel({
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-600.el9.x86_64",
			"version": "5.14.0-600.el9.x86_64",
		})]}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-600.el9.x86_64",
			"message": "kernels `5.14.0-570.el9.x86_64` and `5.14.0-600.el9.x86_64` are in one image",
		}},
	},
	"allowed: one, and what is left of another": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({}), fixture.os_kernel({"version": "5.14.0-600.el9.x86_64", "vmlinuz": false})]}),
		"deny": set(),
	},
	"allowed: no kernels": {"input": fixture.os_image({"kernels": []}), "deny": set()},
}
