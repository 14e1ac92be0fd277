# METADATA
# title: Tests of containerfile.files-not-updated
package rollgate.containerfile.files_not_updated_test

import data.rollgate.containerfile.files_not_updated as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: copied": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["agent"], "destination": "/opt/agent/"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`/opt/agent/` is not updated on nodes that run"}},
	},
	"denied: written": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["echo", "a"], "writes": ["/var/lib/agent/state"]}])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`/var/lib/agent/state` is not updated on nodes that run"}},
	},
	"allowed: under /usr": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["agent"], "destination": "/usr/bin/agent"}, fixture.run([{"words": ["echo", "a"], "writes": ["/etc/a"]}])]),
		"deny": set(),
	},
	"allowed: nothing copied": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
