# METADATA
# title: Tests of containerfile.remote-script-run
package rollgate.containerfile.remote_script_run_test

import data.rollgate.containerfile.remote_script_run as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: piped": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["curl", "-sSL", "https://x.example.com"], "piped": true}, ["bash"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "what `curl` downloads is run by `bash`"}},
	},
	"denied: substituted": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["sh", "-c", "$(curl https://x.example.com)"]}])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "what `curl` downloads is run by `sh`"}},
	},
	"allowed: piped into tar": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["curl", "https://x.example.com"], "piped": true}, ["tar", "x"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
