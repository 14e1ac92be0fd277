# METADATA
# title: Tests of image.base-not-of-release
package rollgate.image.base_not_of_release_test

import data.rollgate.image.base_not_of_release as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: other layers": {
		"input": fixture.os_image({"release_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/release@sha256:1", "diff_ids": ["sha256:a", "sha256:b"]}, "layers": [fixture.os_layer(0, {"diff_id": "sha256:a"}), fixture.os_layer(1, {"diff_id": "sha256:c"})]}),
		"deny": {{"at": "image/sha256:0#", "message": "the image does not begin with the layers of `quay.io/example/release@sha256:1`"}},
	},
	"allowed: its layers": {
		"input": fixture.os_image({"release_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/release@sha256:1", "diff_ids": ["sha256:a"]}, "layers": [fixture.os_layer(0, {"diff_id": "sha256:a"}), fixture.os_layer(1, {"diff_id": "sha256:c"})]}),
		"deny": set(),
	},
	"allowed: an image of extensions": {
		"input": fixture.os_image({"extensions": {}, "release_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/release@sha256:1", "diff_ids": ["sha256:a"]}}),
		"deny": set(),
	},
	"allowed: no image of the release": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
}
