# METADATA
# title: Tests of image.label-of-another-kernel
package rollgate.image.label_of_another_kernel_test

import data.rollgate.image.label_of_another_kernel as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another": {
		"input": fixture.os_image({"labels": {"ostree.linux": "5.14.0-1"}}),
		"deny": {{"at": "image/sha256:0#/config/Labels/ostree.linux", "message": "label `ostree.linux` names `5.14.0-1`, and the image has `5.14.0-570.el9.x86_64`"}},
	},
	"allowed: OpenShift says that there is one": {
		"input": fixture.os_image({"labels": {"ostree.linux": "true"}}),
		"deny": set(),
	},
	"allowed: no label": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
}
