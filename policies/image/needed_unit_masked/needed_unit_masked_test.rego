# METADATA
# title: Tests of image.needed-unit-masked
package rollgate.image.needed_unit_masked_test

import data.rollgate.image.needed_unit_masked as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of the operator, and of the system": {
		"input": fixture.os_image({"units": {
			"kubelet.service": fixture.os_unit("kubelet.service", {"masked": true}),
			"chronyd.service": fixture.os_unit("chronyd.service", {"masked": true}),
		}}),
		"deny": {
			{"at": "image/sha256:0!/usr/lib/systemd/system/kubelet.service", "message": "unit `kubelet.service` is masked"},
			{"at": "image/sha256:0!/usr/lib/systemd/system/chronyd.service", "message": "unit `chronyd.service` is masked"},
		},
	},
	"allowed: another": {
		"input": fixture.os_image({"units": {"zincati.service": fixture.os_unit("zincati.service", {"masked": true})}}),
		"deny": set(),
	},
	"allowed: none is": {"input": fixture.os_image({}), "deny": set()},
}
