# METADATA
# title: Tests of containerfile.signatures-not-checked
package rollgate.containerfile.signatures_not_checked_test

import data.rollgate.containerfile.signatures_not_checked as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: dnf": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "--nogpgcheck", "install", "x"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`dnf --nogpgcheck` installs what nobody signed"}},
	},
	"denied: rpm": {
		"input": fixture.containerfile_of([fixture.run([["rpm", "-i", "--nosignature", "x.rpm"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`rpm --nosignature` installs what nobody signed"}},
	},
	"denied: a repository": {
		"input": fixture.containerfile_of([{"keyword": "COPY", "text": "<<EOF /etc/yum.repos.d/a.repo\n[a]\ngpgcheck=0"}]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`gpgcheck=0` installs what nobody signed"}},
	},
	"allowed: checked": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "-y", "install", "x"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
