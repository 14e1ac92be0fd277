# METADATA
# title: Tests of image.unpinned-reference
package rollgate.image.unpinned_reference_test

import data.rollgate.image.unpinned_reference as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a tag": {
		"input": fixture.os_image({"pinned": false, "reference": "quay.io/example/os:4.20"}),
		"deny": {{"at": "image/sha256:0#", "message": "`quay.io/example/os:4.20` does not name a digest; it is `sha256:0` now"}},
	},
	"allowed: a digest": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
	"allowed: no registry": {
		"input": fixture.os_image({"pinned": null}),
		"deny": set(),
	},
}
