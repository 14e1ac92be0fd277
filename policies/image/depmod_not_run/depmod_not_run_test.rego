# METADATA
# title: Tests of image.depmod-not-run
package rollgate.image.depmod_not_run_test

import data.rollgate.image.depmod_not_run as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no modules.dep": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"modules_dep": false})]}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-570.el9.x86_64",
			"message": "kernel `5.14.0-570.el9.x86_64` has no `modules.dep`",
		}},
	},
	"allowed: what is left of a kernel": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"vmlinuz": false, "modules_dep": false})]}),
		"deny": set(),
	},
	"allowed: indexed": {"input": fixture.os_image({}), "deny": set()},
}
