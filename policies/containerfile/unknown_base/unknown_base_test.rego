# METADATA
# title: Tests of containerfile.unknown-base
package rollgate.containerfile.unknown_base_test

import data.rollgate.containerfile.unknown_base as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no default": {
		"input": fixture.containerfile_with({"stages": [fixture.stage_of([], {"from": "os:$TAG", "image": null})]}),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "`os:$TAG` rests on an argument without a default"}},
	},
	"allowed: a default": {
		"input": fixture.containerfile_with({"stages": [fixture.stage_of([], {"from": "os:$TAG"})]}),
		"deny": set(),
	},
	"allowed: scratch": {
		"input": fixture.containerfile_with({"stages": [fixture.stage_of([], {"from": "scratch", "image": null})]}),
		"deny": set(),
	},
	"allowed: no stage": {
		"input": fixture.containerfile_with({"stages": []}),
		"deny": set(),
	},
}
