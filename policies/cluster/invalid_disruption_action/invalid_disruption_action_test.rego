# METADATA
# title: Tests of cluster.invalid-disruption-action
package rollgate.cluster.invalid_disruption_action_test

import data.rollgate.cluster.invalid_disruption_action as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no unit": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "/etc/a", "actions": [{"type": "Restart"}, _reload("crio")]}]}}),
		"deny": {
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/0/actions/0", "message": "`Restart` names no unit such as `crio.service`: ``"},
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/0/actions/1", "message": "`Reload` names no unit such as `crio.service`: `crio`"},
		},
	},
	"denied: no action": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"sshkey": {"actions": [{"type": "Special"}]}}}),
		"deny": {{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/sshkey/actions/0", "message": "there is no action `Special`"}},
	},
	"denied: an instance, and of another action": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"units": [{"name": "a.service", "actions": [_reload("getty@tty1.service"), _drain]}]}}),
		"deny": {
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/units/0/actions/0", "message": "`Reload` names no unit such as `crio.service`: `getty@tty1.service`"},
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/units/0/actions/1", "message": "`Drain` has a `restart`, which it does not take"},
		},
	},
	"denied: all at once": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"sshkey": {"actions": [_reload_by_restart]}}}),
		"deny": {
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/sshkey/actions/0", "message": "`Reload` names no unit such as `crio.service`: ``"},
			{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/sshkey/actions/0", "message": "`Reload` has a `restart`, which it does not take"},
		},
	},
	"allowed: a unit": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"units": [{"name": "a.service", "actions": [_reload("crio.service"), {"type": "DaemonReload"}]}]}}),
		"deny": set(),
	},
	"allowed: no policy": {"input": fixture.object_of("MachineConfiguration", {}), "deny": set()},
}

_reload(name) := {"type": "Reload", "reload": {"serviceName": name}}

_drain := {"type": "Drain", "restart": {"serviceName": "crio.service"}}

_reload_by_restart := {"type": "Reload", "restart": {"serviceName": "crio.service"}}
