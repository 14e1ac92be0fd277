# METADATA
# title: Tests of image.foreign-dist-tag
package rollgate.image.foreign_dist_tag_test

import data.rollgate.image.foreign_dist_tag as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of an older release, and of Fedora": {
		"input": _with("1.el8_10", "2.fc42"),
		"deny": {
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `one-1-1.el8_10` is made for `el8`, and the image is `el9`"},
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `other-1-2.fc42` is made for `f42`, and the image is `el9`"},
		},
	},
	"allowed: of the same, and without a tag": {"input": _with("1.rhaos4.20.git1.el9_6", "1"), "deny": set()},
	"allowed: nothing tells what the image is": {
		"input": fixture.os_image({"os_release": null, "packages": fixture.package_set([fixture.os_package("one", {"release": "1.el8"})])}),
		"deny": set(),
	},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}

_with(one, other) := fixture.os_image_with_packages([
	fixture.os_package("one", {"release": one}),
	fixture.os_package("other", {"release": other}),
])
