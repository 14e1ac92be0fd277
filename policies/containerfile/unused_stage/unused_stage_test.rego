# METADATA
# title: Tests of containerfile.unused-stage
package rollgate.containerfile.unused_stage_test

import data.rollgate.containerfile.unused_stage as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: unused": {
		"input": fixture.containerfile_with({"stages": [fixture.stage_of([], {"from": "a", "used": false})]}),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "nothing uses the stage of `a`"}},
	},
	"allowed: used": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
	"allowed: no stage": {
		"input": fixture.containerfile_with({"stages": []}),
		"deny": set(),
	},
}
