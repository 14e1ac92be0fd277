# METADATA
# title: Tests of containerfile.not-linted
package rollgate.containerfile.not_linted_test

import data.rollgate.containerfile.not_linted as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not linted": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "clean", "all"]])]),
		"deny": {{"at": "Containerfile/Containerfile#", "message": "`bootc container lint` is not run"}},
	},
	"allowed: linted": {
		"input": fixture.containerfile_of([fixture.run([["bootc", "container", "lint", "--fatal-warnings"]])]),
		"deny": set(),
	},
	"allowed: no stage": {
		"input": fixture.containerfile_with({"stages": []}),
		"deny": set(),
	},
}
