# METADATA
# title: Tests of image.special-file
package rollgate.image.special_file_test

import data.rollgate.image.special_file as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a device or FIFO is in a layer": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "`/usr/example` is a character device"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "`/usr/example` is a character device"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("escaping_name", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
