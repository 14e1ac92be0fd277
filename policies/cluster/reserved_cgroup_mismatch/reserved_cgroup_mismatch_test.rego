# METADATA
# title: Tests of cluster.reserved-cgroup-mismatch
package rollgate.cluster.reserved_cgroup_mismatch_test

import data.rollgate.cluster.reserved_cgroup_mismatch as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two cgroups": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"systemReservedCgroup": "/a", "systemCgroups": "/b"}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/systemReservedCgroup", "message": "systemReservedCgroup `/a` is not systemCgroups `/b`"}},
	},
	"allowed: one cgroup": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"systemReservedCgroup": "/a", "systemCgroups": "/a"}}}),
		"deny": set(),
	},
	"allowed: one is left to the operator": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"systemReservedCgroup": "", "systemCgroups": "/a"}}}),
		"deny": set(),
	},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
