# METADATA
# title: Tests of containerfile.files-dropped
package rollgate.containerfile.files_dropped_test

import data.rollgate.containerfile.files_dropped as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: boot": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["a"], "destination": "/boot/grub2/a"}, {"keyword": "RUN", "text": "cat /boot/grub2/a"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "nothing of `/boot/grub2/a` reaches a node"}},
	},
	"denied: not used": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["a"], "destination": "/tmp/a"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "nothing of `/tmp/a` reaches a node"}},
	},
	"allowed: used by the build": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["a"], "destination": "/tmp/rpms/"}, {"keyword": "RUN", "text": "rpm -i /tmp/rpms/a"}]),
		"deny": set(),
	},
	"allowed: elsewhere": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["a"], "destination": "/etc/a"}]),
		"deny": set(),
	},
}
