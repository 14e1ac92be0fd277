# METADATA
# title: Tests of containerfile.file-labels-set
package rollgate.containerfile.file_labels_set_test

import data.rollgate.containerfile.file_labels_set as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: chcon": {
		"input": fixture.containerfile_of([fixture.run([["chcon", "-t", "bin_t", "/usr/bin/a"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`chcon` sets no label that a node has"}},
	},
	"allowed: the policy": {
		"input": fixture.containerfile_of([fixture.run([["semanage", "fcontext", "-a", "-t", "bin_t", "/usr/bin/a"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
