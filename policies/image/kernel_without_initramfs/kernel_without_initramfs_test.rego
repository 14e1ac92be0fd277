# METADATA
# title: Tests of image.kernel-without-initramfs
package rollgate.image.kernel_without_initramfs_test

import data.rollgate.image.kernel_without_initramfs as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no initramfs": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"initramfs": false})]}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/modules/5.14.0-570.el9.x86_64",
			"message": "kernel `5.14.0-570.el9.x86_64` has no `initramfs.img`",
		}},
	},
	"allowed: what is left of a kernel": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"vmlinuz": false, "initramfs": false})]}),
		"deny": set(),
	},
	"allowed: both": {"input": fixture.os_image({}), "deny": set()},
	"allowed: no kernels": {"input": fixture.os_image({"kernels": []}), "deny": set()},
}
