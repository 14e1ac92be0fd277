# METADATA
# title: Tests of image.duplicate-layer
package rollgate.image.duplicate_layer_test

import data.rollgate.image.duplicate_layer as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a layer stands twice in the image": {
		"input": fixture.os_image_with_problem("duplicate_layer", "/usr/example", "layers 3 and 5 are the same"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "layers 3 and 5 are the same"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
