# METADATA
# title: Tests of image.needed-unit-disabled
package rollgate.image.needed_unit_disabled_test

import data.rollgate.image.needed_unit_disabled as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no link and no preset": {
		"input": fixture.os_image({"units": {"chronyd.service": fixture.os_unit("chronyd.service", {"enabled": false, "preset": false})}}),
		"deny": {{"at": "image/sha256:0!/usr/lib/systemd/system/chronyd.service", "message": "unit `chronyd.service` is disabled"}},
	},
	"denied: enabled in the base": {
		"input": fixture.os_image({
			"units": {"crio.service": fixture.os_unit("crio.service", {"enabled": false})},
			"change": {
				"reference": "registry.example.com/base",
				"digest": "sha256:1",
				"derived": true,
				"units_disabled": ["crio.service", "zincati.service"],
				"files_added": 0,
				"files_changed": 1,
				"files_removed": 0,
			},
		}),
		"deny": {{"at": "image/sha256:0!/usr/lib/systemd/system/crio.service", "message": "unit `crio.service` is disabled"}},
	},
	"allowed: enabled by the first boot": {
		"input": fixture.os_image({"units": {"chronyd.service": fixture.os_unit("chronyd.service", {"enabled": false, "preset": true})}}),
		"deny": set(),
	},
	"allowed: masked, which another rule finds": {
		"input": fixture.os_image({"units": {"chronyd.service": fixture.os_unit("chronyd.service", {"enabled": false, "masked": true})}}),
		"deny": set(),
	},
	"allowed: no units": {"input": fixture.os_image({"units": {}}), "deny": set()},
}
