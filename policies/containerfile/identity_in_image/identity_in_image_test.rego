# METADATA
# title: Tests of containerfile.identity-in-image
package rollgate.containerfile.identity_in_image_test

import data.rollgate.containerfile.identity_in_image as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: copied": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "sources": ["id"], "destination": "/etc/machine-id"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`/etc/machine-id` would be the same on every node"}},
	},
	"denied: written": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["echo", "a"], "writes": ["/etc/hostname"]}])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`/etc/hostname` would be the same on every node"}},
	},
	"denied: keys": {
		"input": fixture.containerfile_of([fixture.run([["ssh-keygen", "-A"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "what `ssh-keygen` makes would be the same on every node"}},
	},
	"denied: an id": {
		"input": fixture.containerfile_of([fixture.run([["systemd-machine-id-setup"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "what `systemd-machine-id-setup` makes would be the same on every node"}},
	},
	"allowed: emptied": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["printf"], "writes": ["/etc/machine-id"]}, ["ssh-keygen", "-y"]]), {"keyword": "COPY", "destination": "/etc/motd"}]),
		"deny": set(),
	},
	"allowed: nothing": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
