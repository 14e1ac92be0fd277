# METADATA
# title: Tests of image.home-not-made
package rollgate.image.home_not_made_test

import data.rollgate.image.home_not_made as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: in `/home`, and in `/var`": {
		"input": fixture.os_image({"users": {
			"one": fixture.os_user({"home": "/home/one"}),
			"other": fixture.os_user({"home": "/var/lib/other"}),
		}}),
		"deny": {
			{"at": "image/sha256:0!/etc/passwd:2", "message": "home `/home/one` of user `one` is made by no line of `tmpfiles.d`"},
			{"at": "image/sha256:0!/etc/passwd:2", "message": "home `/var/lib/other` of user `other` is made by no line of `tmpfiles.d`"},
		},
	},
	"allowed: made, of the base, or none": {
		"input": fixture.os_image({
			"users": {
				"one": fixture.os_user({"home": "/home/one"}),
				"core": fixture.os_user({"home": "/var/home/core", "in_base": true}),
				"none": fixture.os_user({"home": "/"}),
			},
			"settings": {"tmpfiles": [{"at": "image/sha256:0!/usr/lib/tmpfiles.d/one.conf:1", "kind": "d", "path": "/var/home/one"}]},
		}),
		"deny": set(),
	},
	"allowed: no accounts": {"input": fixture.os_image({}), "deny": set()},
}
