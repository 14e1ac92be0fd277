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
	"denied: none": {
		"input": fixture.cluster_object({"pools": []}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "KubeletConfig `worker` is meant for none of the pools: it is applied nowhere"}},
	},
	"denied: a name": {
		"input": fixture.cluster_object_of("MachineOSConfig", {"pools": []}),
		"deny": {{"at": "MachineOSConfig/example#/spec/machineConfigPool", "message": "MachineOSConfig `example` is meant for none of the pools: it is applied nowhere"}},
	},
	"allowed: one": {"input": fixture.cluster_object({"pools": [{"name": "worker"}]}), "deny": set()},
	"allowed: not known": {"input": fixture.cluster_object({}), "deny": set()},
}
