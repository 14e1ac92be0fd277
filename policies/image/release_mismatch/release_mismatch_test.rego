# METADATA
# title: Tests of image.release-mismatch
package rollgate.image.release_mismatch_test

import data.rollgate.image.release_mismatch as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an older one": {
		"input": fixture.on({"release": "4.20"}, fixture.os_image({"os_release": {"at": fixture.os_file_at("/usr/lib/os-release"), "fields": {"OPENSHIFT_VERSION": "4.19"}}})),
		"deny": {{"at": "image/sha256:0!/usr/lib/os-release", "message": "the image is of OpenShift 4.19, and the cluster of 4.20"}},
	},
	"allowed: the same": {
		"input": fixture.on({"release": "4.20"}, fixture.os_image({"os_release": {"at": fixture.os_file_at("/usr/lib/os-release"), "fields": {"OPENSHIFT_VERSION": "4.20"}}})),
		"deny": set(),
	},
	"allowed: it does not say": {
		"input": fixture.on({"release": "4.20"}, fixture.os_image({})),
		"deny": set(),
	},
}
