# METADATA
# title: Tests of containerfile.second-kernel
package rollgate.containerfile.second_kernel_test

import data.rollgate.containerfile.second_kernel as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: beside": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "kernel-rt", "kernel-rt-core-5.14.0"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`kernel-rt` is installed, and the kernel of the base image is not removed"}, {"at": "Containerfile/Containerfile#:2", "message": "`kernel-rt-core` is installed, and the kernel of the base image is not removed"}},
	},
	"denied: by rpm": {
		"input": fixture.containerfile_of([fixture.run([["rpm", "-Uvh", "kernel-core-5.14.0-427.el9.x86_64.rpm"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`kernel-core` is installed, and the kernel of the base image is not removed"}},
	},
	"allowed: removed before": {
		"input": fixture.containerfile_of([fixture.run([["rpm", "-e", "kernel-core"], ["dnf", "-y", "install", "kernel-core"]])]),
		"deny": set(),
	},
	"allowed: headers": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "kernel-headers"]])]),
		"deny": set(),
	},
	"allowed: nothing installed": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
