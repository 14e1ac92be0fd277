# METADATA
# title: Tests of image.override-unexplained
package rollgate.image.override_unexplained_test

import data.rollgate.image.override_unexplained as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: neither": {
		"input": fixture.os_image({"named_by": [{"at": "MachineConfig/a#/spec/osImageURL", "kind": "MachineConfig", "name": "a"}]}),
		"deny": {{"at": "MachineConfig/a#/spec/osImageURL", "message": "MachineConfig `a` does not say why it overrides the image"}, {"at": "MachineConfig/a#/spec/osImageURL", "message": "MachineConfig `a` does not say until when it overrides the image"}},
	},
	"allowed: both": {
		"input": fixture.os_image({"named_by": [{"at": "MachineConfig/a#/spec/osImageURL", "kind": "MachineConfig", "name": "a", "override_reason": "a driver", "override_until": "2027-01-01"}]}),
		"deny": set(),
	},
	"allowed: built in the cluster": {
		"input": fixture.os_image({"named_by": [{"at": "MachineOSConfig/a#", "kind": "MachineOSConfig", "name": "a"}]}),
		"deny": set(),
	},
	"allowed: named by nobody": {
		"input": fixture.os_image({}),
		"deny": set(),
	},
}
