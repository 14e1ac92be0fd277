# METADATA
# title: Tests of image.kernel-devel-mismatch
package rollgate.image.kernel_devel_mismatch_test

import data.rollgate.image.kernel_devel_mismatch as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another version": {
		"input": _with({"kernel-core": "600.el9", "kernel-devel": "570.el9"}),
		"deny": {{
			"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite",
			"message": "package `kernel-devel` has version `5.14.0-570.el9`, and the kernel `5.14.0-600.el9`",
		}},
	},
	"allowed: the same": {"input": _with({"kernel-core": "600.el9", "kernel-devel": "600.el9"}), "deny": set()},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}

_with(releases) := fixture.os_image_with_packages([rpm |
	some name, release in releases
	rpm := fixture.os_package(name, {"version": "5.14.0", "release": release})
])
