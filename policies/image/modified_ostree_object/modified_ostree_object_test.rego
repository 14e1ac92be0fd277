# METADATA
# title: Tests of image.modified-ostree-object
package rollgate.image.modified_ostree_object_test

import data.rollgate.image.modified_ostree_object as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an object of the OSTree repository was written anew": {
		"input": fixture.os_image_with_problem("modified_object", "/usr/example", "the object `ab/cd.file` was written anew"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "the object `ab/cd.file` was written anew"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
