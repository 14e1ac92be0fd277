# METADATA
# title: Tests of cluster.reserved-twice
package rollgate.cluster.reserved_twice_test

import data.rollgate.cluster.reserved_twice as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": fixture.cluster_object({"spec": {"autoSizingReserved": true, "kubeletConfig": {"systemReserved": {"memory": "1Gi"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/autoSizingReserved", "message": "`autoSizingReserved` cannot be combined with `systemReserved`: the operator refuses both"}},
	},
	"allowed: switched off": {
		"input": fixture.cluster_object({"spec": {"autoSizingReserved": false, "kubeletConfig": {"systemReserved": {"memory": "1Gi"}}}}),
		"deny": set(),
	},
	"allowed: nothing reserved by hand": {
		"input": fixture.cluster_object({"spec": {"autoSizingReserved": true, "kubeletConfig": {"systemReserved": {}}}}),
		"deny": set(),
	},
	"allowed: no spec": {"input": fixture.cluster_object({"spec": null}), "deny": set()},
}
