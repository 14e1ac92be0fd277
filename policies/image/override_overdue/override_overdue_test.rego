# METADATA
# title: Tests of image.override-overdue
package rollgate.image.override_overdue_test

import data.rollgate.image.override_overdue as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: past": {
		"input": fixture.os_image({"named_by": [{"at": "MachineConfig/a#/spec/osImageURL", "kind": "MachineConfig", "name": "a", "override_until": "2026-01-01", "overdue": true}]}),
		"deny": {{"at": "MachineConfig/a#/spec/osImageURL", "message": "MachineConfig `a` overrides the image, which was to end on 2026-01-01"}},
	},
	"allowed: to come": {
		"input": fixture.os_image({"named_by": [{"at": "MachineConfig/a#/spec/osImageURL", "kind": "MachineConfig", "name": "a", "override_until": "2027-01-01", "overdue": false}]}),
		"deny": set(),
	},
	"allowed: named by nobody": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
}
