# METADATA
# title: Tests of cluster.disruption-policy-without-match
package rollgate.cluster.disruption_policy_without_match_test

import data.rollgate.cluster.disruption_policy_without_match as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: relative and unclean": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "etc/a", "actions": []}, {"path": "/etc/../a", "actions": []}, {"path": "/etc/a/"}]}}),
		"deny": {
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/0", "message": "`etc/a` is the path of no file"},
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/1", "message": "`/etc/../a` is the path of no file"},
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/2", "message": "`/etc/a/` is the path of no file"},
		},
	},
	"denied: no unit": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"units": [{"name": "crio", "actions": []}, {"name": "getty@tty1.service"}]}}),
		"deny": {
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/units/0", "message": "`crio` is the name of no unit"},
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/units/1", "message": "`getty@tty1.service` is the name of no unit"},
		},
	},
	"allowed: both": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "/etc/a.d/b"}], "units": [{"name": "crio.service"}]}}),
		"deny": set(),
	},
	"allowed: no policy": {"input": fixture.object_of("MachineConfiguration", {}), "deny": set()},
}
