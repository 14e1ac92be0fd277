# METADATA
# title: Tests of containerfile.certificate-not-checked
package rollgate.containerfile.certificate_not_checked_test

import data.rollgate.containerfile.certificate_not_checked as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: curl": {
		"input": fixture.containerfile_of([fixture.run([["curl", "-fsk", "https://x.example.com"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`curl -fsk` takes any certificate"}},
	},
	"denied: curl, in words": {
		"input": fixture.containerfile_of([fixture.run([["curl", "--insecure", "https://x.example.com"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`curl --insecure` takes any certificate"}},
	},
	"denied: wget": {
		"input": fixture.containerfile_of([fixture.run([["wget", "--no-check-certificate", "https://x.example.com"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`wget --no-check-certificate` takes any certificate"}},
	},
	"denied: git": {
		"input": fixture.containerfile_of([fixture.run([["git", "-c", "http.sslVerify=false", "clone", "x"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`git http.sslVerify=false` takes any certificate"}},
	},
	"denied: dnf": {
		"input": fixture.containerfile_of([fixture.run([["dnf", "--setopt=sslverify=0", "install", "x"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`dnf --setopt=sslverify=0` takes any certificate"}},
	},
	"allowed: checked": {
		"input": fixture.containerfile_of([fixture.run([["curl", "-fsSL", "https://x.example.com"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
