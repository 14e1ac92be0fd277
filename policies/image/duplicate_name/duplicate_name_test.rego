# METADATA
# title: Tests of image.duplicate-name
package rollgate.image.duplicate_name_test

import data.rollgate.image.duplicate_name as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a layer holds one name twice": {
		"input": fixture.os_image_with_problem("duplicate_name", "/usr/example", "`/usr/example` stands twice in one layer"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "`/usr/example` stands twice in one layer"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
