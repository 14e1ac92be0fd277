# METADATA
# title: Tests of containerfile.failure-passed-over
package rollgate.containerfile.failure_passed_over_test

import data.rollgate.containerfile.failure_passed_over as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: install": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["dnf", "-y", "install", "x"], "unchecked": true}])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "a failure of `dnf install` does not fail the build"}},
	},
	"allowed: checked": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "x"]])]),
		"deny": set(),
	},
	"allowed: another command": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["dnf", "clean", "all"], "unchecked": true}])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
