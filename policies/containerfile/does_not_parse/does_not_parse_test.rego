# METADATA
# title: Tests of containerfile.does-not-parse
package rollgate.containerfile.does_not_parse_test

import data.rollgate.containerfile.does_not_parse as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an unknown instruction": {
		"input": fixture.containerfile_with({"problems": [{"at": fixture.line(3), "text": "unknown instruction `INSTALL`"}]}),
		"deny": {{"at": "Containerfile/Containerfile#:3", "message": "unknown instruction `INSTALL`"}},
	},
	"allowed: no problem": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
