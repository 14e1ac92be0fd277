# METADATA
# title: Tests of image.unknown-base
package rollgate.image.unknown_base_test

import data.rollgate.image.unknown_base as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the label names no layer": {
		"input": fixture.os_image_with_problem("unknown_base", "/usr/example", "`ostree.final-diffid` names no layer"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "`ostree.final-diffid` names no layer"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
