# METADATA
# title: Tests of image.build-tool-package
package rollgate.image.build_tool_package_test

import data.rollgate.image.build_tool_package as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a compiler and ansible": {
		"input": fixture.os_image_with_packages([fixture.os_package("gcc", {"in_base": false}), fixture.os_package("ansible-core", {})]),
		"deny": {
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `gcc` is a tool of the build"},
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `ansible-core` is a tool of the build"},
		},
	},
	"allowed: of the base, and another": {
		"input": fixture.os_image_with_packages([fixture.os_package("make", {"in_base": true}), fixture.os_package("tcpdump", {})]),
		"deny": set(),
	},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}
