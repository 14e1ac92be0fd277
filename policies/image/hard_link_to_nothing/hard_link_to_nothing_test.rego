# METADATA
# title: Tests of image.hard-link-to-nothing
package rollgate.image.hard_link_to_nothing_test

import data.rollgate.image.hard_link_to_nothing as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a hard link leads to nothing": {
		"input": fixture.os_image_with_problem("hard_link_to_nothing", "/usr/example", "`/usr/example` is a hard link to `usr/gone`, which is nowhere"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "`/usr/example` is a hard link to `usr/gone`, which is nowhere"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
