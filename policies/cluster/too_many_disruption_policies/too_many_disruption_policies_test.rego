# METADATA
# title: Tests of cluster.too-many-disruption-policies
package rollgate.cluster.too_many_disruption_policies_test

import data.rollgate.cluster.too_many_disruption_policies as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: twice": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "/etc/a"}, {"path": "/etc/b"}, {"path": "/etc/a"}]}}),
		"deny": {{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/files/2", "message": "`/etc/a` has a policy already"}},
	},
	"denied: too many": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"units": [{"name": sprintf("%d.service", [n]), "actions": []} | some n in numbers.range(0, 50)]}}),
		"deny": {{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/units/50", "message": "there are more than the 50 policies that are taken"}},
	},
	"denied: too many actions": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"sshkey": {"actions": [{"type": "Drain", "n": n} | some n in numbers.range(0, 10)]}}}),
		"deny": {{"at": "MachineConfiguration/example#/spec/nodeDisruptionPolicy/sshkey/actions", "message": "there are 11 actions, and 10 are taken"}},
	},
	"allowed: one each": {
		"input": fixture.object_of("MachineConfiguration", {"nodeDisruptionPolicy": {"files": [{"path": "/etc/a", "actions": []}]}}),
		"deny": set(),
	},
	"allowed: no policy": {"input": fixture.object_of("MachineConfiguration", {}), "deny": set()},
}
