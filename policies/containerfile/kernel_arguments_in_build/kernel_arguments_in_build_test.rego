# METADATA
# title: Tests of containerfile.kernel-arguments-in-build
package rollgate.containerfile.kernel_arguments_in_build_test

import data.rollgate.containerfile.kernel_arguments_in_build as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: grubby": {
		"input": fixture.containerfile_of([fixture.run([["grubby", "--update-kernel=ALL", "--args=audit=1"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`grubby` sets no kernel argument of a node"}},
	},
	"denied: kargs": {
		"input": fixture.containerfile_of([fixture.run([["rpm-ostree", "kargs", "--append=audit=1"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`rpm-ostree kargs` sets no kernel argument of a node"}},
	},
	"denied: written": {
		"input": fixture.containerfile_of([fixture.run([{"words": ["echo"], "writes": ["/etc/default/grub"]}])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`echo` sets no kernel argument of a node"}},
	},
	"denied: copied": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "destination": "/etc/default/grub"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`/etc/default/grub` sets no kernel argument of a node"}},
	},
	"allowed: neither": {
		"input": fixture.containerfile_of([fixture.run([["rpm-ostree", "install", "x"]])]),
		"deny": set(),
	},
}
