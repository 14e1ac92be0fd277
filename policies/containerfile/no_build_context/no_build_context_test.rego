# METADATA
# title: Tests of containerfile.no-build-context
package rollgate.containerfile.no_build_context_test

import data.rollgate.containerfile.no_build_context as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a path": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([{"keyword": "COPY", "sources": ["motd"]}], {})]}),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "there is no `motd`: a build in the cluster has no files"}},
	},
	"allowed: a here-document": {
		"input": fixture.containerfile_with({"on_cluster": true, "stages": [fixture.stage_of([{"keyword": "COPY", "sources": ["<<EOF"]}, {"keyword": "COPY", "sources": ["/a"], "copied_from": "extract"}], {})]}),
		"deny": set(),
	},
	"allowed: not in the cluster": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["motd"]}]),
		"deny": set(),
	},
}
