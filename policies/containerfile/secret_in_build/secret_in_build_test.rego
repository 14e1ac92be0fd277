# METADATA
# title: Tests of containerfile.secret-in-build
package rollgate.containerfile.secret_in_build_test

import data.rollgate.containerfile.secret_in_build as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a variable": {
		"input": fixture.containerfile_of([{"keyword": "ENV", "text": "TOKEN=<masked>", "pairs": ["TOKEN=<masked>"]}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`ENV TOKEN` holds a secret"}},
	},
	"denied: an argument": {
		"input": fixture.containerfile_of([{"keyword": "ARG", "text": "API_TOKEN", "pairs": ["API_TOKEN"]}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`ARG API_TOKEN` leaves a secret in the history of the image"}},
	},
	"denied: an argument before FROM": {
		"input": fixture.containerfile_with({"arguments": [{"at": fixture.line(1), "text": "PASSWORD"}]}),
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "`ARG PASSWORD` leaves a secret in the history of the image"}},
	},
	"denied: a command": {
		"input": fixture.containerfile_of([{"keyword": "RUN", "text": "curl -u me:<masked> https://x.example.com"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`RUN` holds a secret"}},
	},
	"denied: a file": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["pull-secret.json"], "destination": "/etc/x.json"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`pull-secret.json` is copied into a layer"}},
	},
	"allowed: others": {
		"input": fixture.containerfile_of([{"keyword": "ENV", "text": "A=b", "pairs": ["A=b"]}, {"keyword": "ARG", "text": "VERSION=1", "pairs": ["VERSION=1"]}, {"keyword": "COPY", "sources": ["ca.pem"], "destination": "/etc/pki/ca-trust/source/anchors/"}, {"keyword": "RUN", "text": "true"}]),
		"deny": set(),
	},
	"allowed: no instruction": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
