# METADATA
# title: Tests of containerfile.selinux-switched-off
package rollgate.containerfile.selinux_switched_off_test

import data.rollgate.containerfile.selinux_switched_off as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: by command": {
		"input": fixture.containerfile_of([fixture.run([["setenforce", "0"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`setenforce` switches SELinux off"}},
	},
	"denied: by file": {
		"input": fixture.containerfile_of([{"keyword": "RUN", "text": "sed -i s/SELINUX=enforcing/SELINUX=permissive/ /etc/selinux/config"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`SELINUX=permissive` switches SELinux off"}},
	},
	"allowed: on": {
		"input": fixture.containerfile_of([fixture.run([["setenforce", "1"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
