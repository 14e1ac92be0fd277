# METADATA
# title: Tests of image.unsigned-package
package rollgate.image.unsigned_package_test

import data.rollgate.image.unsigned_package as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no signature": {
		"input": fixture.os_image_with_packages([fixture.os_package("example", {"signed": false})]),
		"deny": {{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `example-1-1.el9` is not signed"}},
	},
	"allowed: of the base": {
		"input": fixture.os_image_with_packages([fixture.os_package("example", {"signed": false, "in_base": true})]),
		"deny": set(),
	},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}
