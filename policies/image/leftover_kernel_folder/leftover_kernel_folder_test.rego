# METADATA
# title: Tests of image.leftover-kernel-folder
package rollgate.image.leftover_kernel_folder_test

import data.rollgate.image.leftover_kernel_folder as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no vmlinuz": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"vmlinuz": false, "in_base": false})]}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-570.el9.x86_64",
			"message": "folder `5.14.0-570.el9.x86_64` has modules and no kernel",
		}},
	},
	"allowed: as the base has it": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"vmlinuz": false})]}),
		"deny": set(),
	},
	"allowed: a kernel": {"input": fixture.os_image({}), "deny": set()},
}
