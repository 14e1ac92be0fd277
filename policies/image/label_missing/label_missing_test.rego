# METADATA
# title: Tests of image.label-missing
package rollgate.image.label_missing_test

import data.rollgate.image.label_missing as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not bootable": {
		"input": fixture.os_image({"labels": {"containers.bootc": "1", "ostree.bootable": "0"}}),
		"deny": {{"at": "image/sha256:0#/config/Labels/ostree.bootable", "message": "label `ostree.bootable` is not set"}},
	},
	"allowed: both": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
	"allowed: an image of extensions": {
		"input": fixture.os_image({"labels": {}, "extensions": {}}),
		"deny": set(),
	},
}
