# METADATA
# title: Tests of image.too-many-layers
package rollgate.image.too_many_layers_test

import data.rollgate.image.too_many_layers as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"denied: 128": {
		"input": _with(128),
		"deny": {{"at": "image/sha256:0#", "message": "the image has 128 layers, and 127 are taken"}},
	},
	"denied: more than the site wants": {
		"input": _with(3),
		"parameters": {"max_layers": 2},
		"deny": {{"at": "image/sha256:0#", "message": "the image has 3 layers, and 2 are taken"}},
	},
	"allowed: 127": {"input": _with(127), "deny": set()},
}

_with(layers) := fixture.os_image({"layers": [fixture.os_layer(number, {}) | some number in numbers.range(1, layers)]})
