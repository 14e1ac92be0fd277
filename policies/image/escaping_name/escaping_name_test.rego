# METADATA
# title: Tests of image.escaping-name
package rollgate.image.escaping_name_test

import data.rollgate.image.escaping_name as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a name leads out of the image": {
		"input": fixture.os_image_with_problem("escaping_name", "/usr/example", "the name `../example` leads out of the image"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "the name `../example` leads out of the image"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
