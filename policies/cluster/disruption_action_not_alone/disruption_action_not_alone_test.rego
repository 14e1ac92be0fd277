# METADATA
# title: Tests of cluster.disruption-action-not-alone
package rollgate.cluster.disruption_action_not_alone_test

import data.rollgate.cluster.disruption_action_not_alone as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: beside another": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "/etc/a", "actions": [{"type": "Drain"}, {"type": "Reboot"}]}]}}),
		"deny": {{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/0/actions/1", "message": "`Reboot` stands beside other actions"}},
	},
	"denied: of keys": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"sshkey": {"actions": [{"type": "None"}, {"type": "Drain"}]}}}),
		"deny": {{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/sshkey/actions/0", "message": "`None` stands beside other actions"}},
	},
	"allowed: alone": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "/etc/a", "actions": [{"type": "None"}]}], "units": [{"name": "a.service", "actions": [{"type": "Drain"}, {"type": "DaemonReload"}]}]}}),
		"deny": set(),
	},
	"allowed: no policy": {"input": fixture.object_of("MachineConfiguration", {}), "deny": set()},
}
