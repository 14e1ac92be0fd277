# METADATA
# title: Tests of image.name-not-utf8
package rollgate.image.name_not_utf8_test

import data.rollgate.image.name_not_utf8 as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a name is not UTF-8": {
		"input": fixture.os_image_with_problem("name_not_utf8", "/usr/example", "the name `a\ufffd` is not UTF-8"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "the name `a\ufffd` is not UTF-8"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
