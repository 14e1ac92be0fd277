# METADATA
# title: Tests of image.mixed-kernel-packages
package rollgate.image.mixed_kernel_packages_test

import data.rollgate.image.mixed_kernel_packages as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a part is left behind": {
		"input": _with({"kernel-core": "600.el9", "kernel-modules": "600.el9", "kernel-modules-core": "570.el9"}),
		"deny": {{
			"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite",
			"message": "package `kernel-modules-core` has version `5.14.0-570.el9`, and its kernel `5.14.0-600.el9`",
		}},
	},
	"allowed: all the same": {
		"input": _with({"kernel-core": "600.el9", "kernel-modules": "600.el9", "kernel-rt-modules": "570.el9"}),
		"deny": set(),
	},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}

_with(releases) := fixture.os_image_with_packages([rpm |
	some name, release in releases
	rpm := fixture.os_package(name, {"version": "5.14.0", "release": release})
])
