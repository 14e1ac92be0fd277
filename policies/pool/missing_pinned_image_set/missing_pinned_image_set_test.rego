# METADATA
# title: Tests of pool.missing-pinned-image-set
package rollgate.pool.missing_pinned_image_set_test

import data.rollgate.lib.fixture
import data.rollgate.pool.missing_pinned_image_set as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not there": {
		"input": fixture.pool({"pinned_image_sets": [{"at": "MachineConfigPool/worker#/spec/pinnedImageSets/0/name", "name": "a", "given": false}]}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/pinnedImageSets/0/name", "message": "there is no PinnedImageSet `a`"}},
	},
	"allowed: there": {
		"input": fixture.pool({"pinned_image_sets": [{"at": "MachineConfigPool/worker#/spec/pinnedImageSets/0/name", "name": "a", "given": true}]}),
		"deny": set(),
	},
	"allowed: not known": {
		"input": fixture.pool({"pinned_image_sets": [{"at": "MachineConfigPool/worker#/spec/pinnedImageSets/0/name", "name": "a"}]}),
		"deny": set(),
	},
	"allowed: none named": {"input": fixture.pool({}), "deny": set()},
}
