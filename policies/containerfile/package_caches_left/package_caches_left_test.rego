# METADATA
# title: Tests of containerfile.package-caches-left
package rollgate.containerfile.package_caches_left_test

import data.rollgate.containerfile.package_caches_left as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: nothing cleans": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "tcpdump"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`dnf install` leaves its caches in the layer"}},
	},
	"denied: a mount elsewhere": {
		"input": fixture.containerfile_of([object.union(fixture.run([["dnf", "-y", "install", "tcpdump"]]), {"mounts": ["type=cache,target=/opt"]})]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`dnf install` leaves its caches in the layer"}},
	},
	"allowed: cleaned": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "tcpdump"], ["dnf", "clean", "all"]])]),
		"deny": set(),
	},
	"allowed: committed": {
		"input": fixture.containerfile_of([fixture.run([["rpm-ostree", "install", "tcpdump"], ["ostree", "container", "commit"]])]),
		"deny": set(),
	},
	"allowed: removed": {
		"input": fixture.containerfile_of([fixture.run([["yum", "-y", "install", "tcpdump"], ["rm", "-rf", "/var/cache/yum"]])]),
		"deny": set(),
	},
	"allowed: mounted": {
		"input": fixture.containerfile_of([object.union(fixture.run([["dnf", "-y", "install", "tcpdump"]]), {"mounts": ["type=cache,target=/var/cache"]})]),
		"deny": set(),
	},
	"allowed: packages removed": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "remove", "tcpdump"]])]),
		"deny": set(),
	},
	"allowed: no packages": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
