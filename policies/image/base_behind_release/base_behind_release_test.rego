# METADATA
# title: Tests of image.base-behind-release
package rollgate.image.base_behind_release_test

import data.rollgate.image.base_behind_release as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another build": {
		"input": fixture.os_image({"labels": {"version": "9.6.1-0"}, "release_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/release@sha256:1", "labels": {"version": "9.6.2-0"}}}),
		"deny": {{"at": "image/sha256:0#/config/Labels/version", "message": "the image is of build `9.6.1-0`, and the release ships `9.6.2-0`"}},
	},
	"allowed: the same": {
		"input": fixture.os_image({"labels": {"version": "9.6.2-0"}, "release_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/release@sha256:1", "labels": {"version": "9.6.2-0"}}}),
		"deny": set(),
	},
	"allowed: no image of the release": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
}
