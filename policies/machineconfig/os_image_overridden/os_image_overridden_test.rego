# METADATA
# title: Tests of machineconfig.os-image-overridden
package rollgate.machineconfig.os_image_overridden_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.os_image_overridden as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an image of one's own": {
		"input": fixture.machine_config({"os_image_url": fixture.image("/spec/osImageURL", "quay.io/example/os@sha256:01")}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `quay.io/example/os@sha256:01` takes the nodes off the image of the release, so that upgrades no longer bring a new one"}},
	},
	"allowed: what the operator rendered": {
		"input": fixture.machine_config({"generated": true, "os_image_url": fixture.image("/spec/osImageURL", "quay.io/example/os@sha256:01")}),
		"deny": set(),
	},
	"allowed: no image": {"input": fixture.machine_config({}), "deny": set()},
}
