# METADATA
# title: Tests of containerfile.boot-label-overwritten
package rollgate.containerfile.boot_label_overwritten_test

import data.rollgate.containerfile.boot_label_overwritten as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not bootable": {
		"input": fixture.containerfile_of([{"keyword": "LABEL", "pairs": ["containers.bootc=0"]}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "label `containers.bootc=0` keeps nodes from taking the image"}},
	},
	"denied: another base": {
		"input": fixture.containerfile_of([{"keyword": "LABEL", "pairs": ["ostree.final-diffid=sha256:00"]}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "label `ostree.final-diffid` is the base image's"}},
	},
	"allowed: bootable": {
		"input": fixture.containerfile_of([{"keyword": "LABEL", "pairs": ["containers.bootc=1", "maintainer=me"]}]),
		"deny": set(),
	},
	"allowed: no label": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
