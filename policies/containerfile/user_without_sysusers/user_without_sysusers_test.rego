# METADATA
# title: Tests of containerfile.user-without-sysusers
package rollgate.containerfile.user_without_sysusers_test

import data.rollgate.containerfile.user_without_sysusers as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: useradd": {
		"input": fixture.containerfile_of([fixture.run([["useradd", "-r", "agent"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`useradd` makes what no file of sysusers.d declares"}},
	},
	"allowed: declared": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "text": "agent.conf /usr/lib/sysusers.d/agent.conf"}, fixture.run([["useradd", "-r", "agent"]])]),
		"deny": set(),
	},
	"allowed: no user": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
