# METADATA
# title: Tests of cluster.too-many-pinned-images
package rollgate.cluster.too_many_pinned_images_test

import data.rollgate.cluster.too_many_pinned_images as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: none at all": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": []}),
		"deny": {{"at": "PinnedImageSet/example#/spec/pinnedImages", "message": "there are 0 images, and from 1 to 500 are taken"}},
	},
	"denied: too many": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": sprintf("quay.io/%d", [n])} | some n in numbers.range(1, 501)]}),
		"deny": {{"at": "PinnedImageSet/example#/spec/pinnedImages", "message": "there are 501 images, and from 1 to 500 are taken"}},
	},
	"denied: twice": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": "a"}, {"name": "b"}, {"name": "a"}]}),
		"deny": {{"at": "PinnedImageSet/example#/spec/pinnedImages/2", "message": "`a` is listed twice"}},
	},
	"allowed: each once": {"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": "a"}, {"name": "b"}]}), "deny": set()},
	"allowed: not set": {"input": fixture.object_of("PinnedImageSet", {}), "deny": set()},
}
