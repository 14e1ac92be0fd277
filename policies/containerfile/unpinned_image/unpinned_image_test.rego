# METADATA
# title: Tests of containerfile.unpinned-image
package rollgate.containerfile.unpinned_image_test

import data.rollgate.containerfile.unpinned_image as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a tag": {
		"input": fixture.containerfile(["quay.io/example/os:4.20"]),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "image `quay.io/example/os:4.20` is not named by its digest"}},
	},
	"denied: copied from a tag": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "copied_from": "quay.io/example/tools:1"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "image `quay.io/example/tools:1` is not named by its digest"}},
	},
	"denied: mounted from a tag": {
		"input": fixture.containerfile_of([{"keyword": "RUN", "mounts": ["type=bind,from=quay.io/example/tools,target=/t"]}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "image `quay.io/example/tools` is not named by its digest"}},
	},
	"allowed: digests, and stages by number": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "copied_from": "0"}]),
		"deny": set(),
	},
	"allowed: a stage": {
		"input": fixture.containerfile_with({"stages": [fixture.stage_of([], {"name": "Tools", "last": false}), fixture.stage_of([{"keyword": "COPY", "copied_from": "tools"}], {})]}),
		"deny": set(),
	},
	"allowed: a stage of the operator": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([{"keyword": "COPY", "copied_from": "extract"}], {})]}),
		"deny": set(),
	},
	"allowed: no stage": {
		"input": fixture.containerfile_with({"stages": []}),
		"deny": set(),
	},
}
