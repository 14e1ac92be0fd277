# METADATA
# title: Tests of image.kernel-without-package
package rollgate.image.kernel_without_package_test

import data.rollgate.image.kernel_without_package as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no package": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"in_base": false})]}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-570.el9.x86_64",
			"message": "kernel `5.14.0-570.el9.x86_64` is of no package",
		}},
	},
	"allowed: a package, also of a kernel for real time": {
		"input": fixture.os_image({
			"kernels": [
				fixture.os_kernel({"in_base": false}),
				fixture.os_kernel({"in_base": false, "version": "5.14.0-570.el9.x86_64+rt"}),
			],
			"packages": fixture.package_set([fixture.os_package("kernel-core", {"version": "5.14.0", "release": "570.el9"})]),
		}),
		"deny": set(),
	},
	"allowed: of the base, or none": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({}), fixture.os_kernel({"vmlinuz": false, "in_base": false})]}),
		"deny": set(),
	},
}
