# METADATA
# title: Tests of cluster.selects-no-pool
package rollgate.cluster.selects_no_pool_test

import data.rollgate.cluster.selects_no_pool as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a label": {
		"input": fixture.cluster_object({"pools": [], "spec": {"machineConfigPoolSelector": {"matchLabels": {"a": "b"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "KubeletConfig `worker` is meant for none of the pools: it is applied nowhere"}},
	},
	"denied: a name": {
		"input": fixture.cluster_object_of("MachineOSConfig", {"pools": []}),
		"deny": {{"at": "MachineOSConfig/example#/spec/machineConfigPool", "message": "MachineOSConfig `example` is meant for none of the pools: it is applied nowhere"}},
	},
	"denied: its own labels": {
		"input": fixture.cluster_object_of("PinnedImageSet", {"pools": []}),
		"deny": {{"at": "PinnedImageSet/example#/metadata/labels", "message": "PinnedImageSet `example` is meant for none of the pools: it is applied nowhere"}},
	},
	"allowed: nothing is required, which another rule denies": {"input": fixture.cluster_object({"pools": []}), "deny": set()},
	"allowed: one": {
		"input": fixture.cluster_object({"pools": [{"name": "worker"}], "spec": {"machineConfigPoolSelector": {"matchLabels": {"a": "b"}}}}),
		"deny": set(),
	},
	"allowed: not known": {
		"input": fixture.cluster_object({"spec": {"machineConfigPoolSelector": {"matchLabels": {"a": "b"}}}}),
		"deny": set(),
	},
}
