# METADATA
# title: Tests of image.dangling-unit-link
package rollgate.image.dangling_unit_link_test

import data.rollgate.image.dangling_unit_link as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of this image": {
		"input": fixture.os_image({"dangling_links": [_link]}),
		"deny": {{
			"at": "image/sha256:0!/etc/systemd/system/multi-user.target.wants/example.service",
			"message": "unit `example.service` is enabled, and `/usr/lib/systemd/system/example.service` does not exist",
		}},
	},
	"allowed: of the base": {
		"input": fixture.os_image({"dangling_links": [object.union(_link, {"in_base": true})]}),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.os_image({}), "deny": set()},
}

_link := {
	"at": "image/sha256:0!/etc/systemd/system/multi-user.target.wants/example.service",
	"unit": "example.service",
	"target": "/usr/lib/systemd/system/example.service",
}
