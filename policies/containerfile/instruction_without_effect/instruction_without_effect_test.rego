# METADATA
# title: Tests of containerfile.instruction-without-effect
package rollgate.containerfile.instruction_without_effect_test

import data.rollgate.containerfile.instruction_without_effect as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an entrypoint": {
		"input": fixture.containerfile_of([{"keyword": "ENTRYPOINT", "text": "/bin/sh"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`ENTRYPOINT` has no effect on a node"}},
	},
	"denied: a user": {
		"input": fixture.containerfile_of([{"keyword": "USER", "text": "0"}, {"keyword": "USER", "text": "1001"}]),
		"deny": {{"at": "Containerfile/Containerfile#:3", "message": "`USER 1001` is left as the user of the image"}},
	},
	"allowed: root again": {
		"input": fixture.containerfile_of([{"keyword": "USER", "text": "1001"}, {"keyword": "USER", "text": "root"}, {"keyword": "CMD", "text": "[\"/sbin/init\"]"}]),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
