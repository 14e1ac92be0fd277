# METADATA
# title: Tests of containerfile.needed-service-disabled
package rollgate.containerfile.needed_service_disabled_test

import data.rollgate.containerfile.needed_service_disabled as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: masked": {
		"input": fixture.containerfile_of([fixture.run([["systemctl", "mask", "kubelet"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`kubelet` is masked, but no node works without it"}},
	},
	"denied: disabled": {
		"input": fixture.containerfile_of([fixture.run([["systemctl", "disable", "crio.service"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`crio.service` is disabled, but no node works without it"}},
	},
	"denied: linked": {
		"input": fixture.containerfile_of([fixture.run([["ln", "-sf", "/dev/null", "/etc/systemd/system/kubelet.service"]])]),
		"deny": {{"at": "Containerfile/Containerfile#:2", "message": "`kubelet.service` is masked, but no node works without it"}},
	},
	"allowed: another": {
		"input": fixture.containerfile_of([fixture.run([["systemctl", "disable", "cups"]])]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": fixture.containerfile_of([]),
		"deny": set(),
	},
}
