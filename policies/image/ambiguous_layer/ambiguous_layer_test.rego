# METADATA
# title: Tests of image.ambiguous-layer
package rollgate.image.ambiguous_layer_test

import data.rollgate.image.ambiguous_layer as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: readers take a layer differently": {
		"input": fixture.os_image_with_problem("ambiguous_layer", "/usr/example", "entry 7 has the attribute `size` twice"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "entry 7 has the attribute `size` twice"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
