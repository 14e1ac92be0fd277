# METADATA
# title: Tests of containerfile.not-built-on-configs
package rollgate.containerfile.not_built_on_configs_test

import data.rollgate.containerfile.not_built_on_configs as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another image": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([], {"from": "quay.io/a/b"})]}),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "the image is built on `quay.io/a/b`, not on `configs`"}},
	},
	"denied: the other stage": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([], {"from": "extract", "from_stage": true, "name": "final"})]}),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "the image is built on `extract`, not on `configs`"}},
	},
	"denied: another name": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([], {"from": "configs", "from_stage": true})]}),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "the last stage is not called `final`"}},
	},
	"allowed: configs": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([], {"from": "configs", "from_stage": true, "name": "final"})]}),
		"deny": set(),
	},
	"allowed: not in the cluster": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
