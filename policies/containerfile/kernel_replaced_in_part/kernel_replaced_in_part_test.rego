# METADATA
# title: Tests of containerfile.kernel-replaced-in-part
package rollgate.containerfile.kernel_replaced_in_part_test

import data.rollgate.containerfile.kernel_replaced_in_part as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: without the modules": {
		"input": fixture.containerfile_of([fixture.run([["rpm-ostree", "override", "replace", "kernel", "kernel-core-5.14.0-427.el9.x86_64.rpm", "https://x/kernel-modules-5.14.0.rpm", "kernel-modules-extra"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "the kernel is replaced without `kernel-modules-core`"}},
	},
	"allowed: all": {
		"input": fixture.containerfile_of([fixture.run([["rpm-ostree", "override", "replace", "kernel", "kernel-core", "kernel-modules", "kernel-modules-core", "kernel-modules-extra"]])]),
		"deny": set(),
	},
	"allowed: another package": {
		"input": fixture.containerfile_of([fixture.run([["rpm-ostree", "override", "replace", "podman-5.rpm"]])]),
		"deny": set(),
	},
	"allowed: nothing replaced": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
