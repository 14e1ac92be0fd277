# METADATA
# title: Tests of cluster.pinned-image-without-digest
package rollgate.cluster.pinned_image_without_digest_test

import data.rollgate.cluster.pinned_image_without_digest as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a tag": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": "quay.io/team/app:v1"}]}),
		"deny": {{"at": "PinnedImageSet/example#/spec/pinnedImages/0", "message": "`quay.io/team/app:v1` is no repository with a digest"}},
	},
	"denied: cut short": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": "quay.io/team/app@sha256:0123"}]}),
		"deny": {{"at": "PinnedImageSet/example#/spec/pinnedImages/0", "message": "`quay.io/team/app@sha256:0123` is no repository with a digest"}},
	},
	"denied: two folders": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": "quay.io/team/apps/one@sha256:4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e"}]}),
		"deny": {{"at": "PinnedImageSet/example#/spec/pinnedImages/0", "message": "`quay.io/team/apps/one@sha256:4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e` has more than one folder, and the API takes one"}},
	},
	"allowed: a digest": {
		"input": fixture.object_of("PinnedImageSet", {"pinnedImages": [{"name": "quay.io/team/app@sha256:4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e"}]}),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.object_of("PinnedImageSet", {}), "deny": set()},
}
