# METADATA
# title: Tests of containerfile.service-started-in-build
package rollgate.containerfile.service_started_in_build_test

import data.rollgate.containerfile.service_started_in_build as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: started": {
		"input": fixture.containerfile_of([fixture.run([["systemctl", "restart", "sshd"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`systemctl restart` has no effect in a build"}},
	},
	"denied: now": {
		"input": fixture.containerfile_of([fixture.run([["systemctl", "enable", "--now", "sshd"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`systemctl --now` has no effect in a build"}},
	},
	"denied: service": {
		"input": fixture.containerfile_of([fixture.run([["service", "sshd", "start"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`service` has no effect in a build"}},
	},
	"allowed: enabled": {
		"input": fixture.containerfile_of([fixture.run([["systemctl", "enable", "sshd"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
