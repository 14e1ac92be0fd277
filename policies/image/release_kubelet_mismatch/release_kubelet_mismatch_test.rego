# METADATA
# title: Tests of image.release-kubelet-mismatch
package rollgate.image.release_kubelet_mismatch_test

import data.rollgate.image.release_kubelet_mismatch as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": fixture.on({"release": "4.20"}, fixture.os_image({"packages": {"at": "x/y#", "packages": [{"name": "openshift-kubelet", "epoch": 0, "release": "1.el9", "arch": "x86_64", "version": "4.19.3", "at": "x/y#"}, {"name": "cri-o", "epoch": 0, "release": "1.el9", "arch": "x86_64", "version": "1.32.1", "at": "x/y#"}]}})),
		"deny": {{"at": "x/y#", "message": "`openshift-kubelet` is of version 4.19.3, and the cluster of 4.20"}, {"at": "x/y#", "message": "`cri-o` is of version 1.32.1, and release 4.20 has 1.33"}},
	},
	"allowed: the same": {
		"input": fixture.on({"release": "4.20"}, fixture.os_image({"packages": {"at": "x/y#", "packages": [{"name": "openshift-kubelet", "epoch": 0, "release": "1.el9", "arch": "x86_64", "version": "4.20.3", "at": "x/y#"}, {"name": "cri-o", "epoch": 0, "release": "1.el9", "arch": "x86_64", "version": "1.33.1", "at": "x/y#"}]}})),
		"deny": set(),
	},
	"allowed: neither": {
		"input": fixture.on({"release": "4.20"}, fixture.os_image({"packages": null})),
		"deny": set(),
	},
}
