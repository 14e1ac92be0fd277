# METADATA
# title: Tests of containerfile.dependencies-forced
package rollgate.containerfile.dependencies_forced_test

import data.rollgate.containerfile.dependencies_forced as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: rpm": {
		"input": fixture.containerfile_of([fixture.run([["rpm", "-Uvh", "--nodeps", "x.rpm"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`rpm --nodeps` installs against dependencies or over other packages"}},
	},
	"denied: dnf": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "--skip-broken", "x"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`dnf --skip-broken` installs against dependencies or over other packages"}},
	},
	"allowed: not forced": {
		"input": fixture.containerfile_of([fixture.run([["rpm", "-Uvh", "x.rpm"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
