# METADATA
# title: Tests of containerfile.remote-file-unverified
package rollgate.containerfile.remote_file_unverified_test

import data.rollgate.containerfile.remote_file_unverified as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no checksum": {
		"input": fixture.containerfile_of([{"keyword": "ADD", "sources": ["https://x.example.com/a.rpm"], "destination": "/usr/a"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`https://x.example.com/a.rpm` is added without its checksum"}},
	},
	"allowed: a checksum": {
		"input": fixture.containerfile_of([{"keyword": "ADD", "sources": ["https://x.example.com/a.rpm"], "options": ["--checksum=sha256:00"]}]),
		"deny": set(),
	},
	"allowed: a file": {
		"input": fixture.containerfile_of([{"keyword": "ADD", "sources": ["a.tar"]}]),
		"deny": set(),
	},
}
