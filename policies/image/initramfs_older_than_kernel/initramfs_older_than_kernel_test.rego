# METADATA
# title: Tests of image.initramfs-older-than-kernel
package rollgate.image.initramfs_older_than_kernel_test

import data.rollgate.image.initramfs_older_than_kernel as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an earlier layer": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"initramfs_older": true, "in_base": false})]}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-570.el9.x86_64",
			"message": "`initramfs.img` of kernel `5.14.0-570.el9.x86_64` is of an earlier layer than the kernel",
		}},
	},
	"allowed: the layers of the base have any order": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"initramfs_older": true})]}),
		"deny": set(),
	},
	"allowed: the same layer": {"input": fixture.os_image({"kernels": [fixture.os_kernel({"in_base": false})]}), "deny": set()},
}
