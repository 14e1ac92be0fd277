# METADATA
# title: Tests of cluster.partial-eviction-thresholds
package rollgate.cluster.partial_eviction_thresholds_test

import data.rollgate.cluster.partial_eviction_thresholds as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: memory only": {
		"input": _kubelet({"evictionHard": {"memory.available": "500Mi"}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionHard", "message": "nothing is evicted for `imagefs.available`, `nodefs.available`, `nodefs.inodesFree`: what is not written here is off"}},
	},
	"allowed: all": {
		"input": _kubelet({"evictionHard": {"imagefs.available": "15%", "memory.available": "500Mi", "nodefs.available": "10%", "nodefs.inodesFree": "5%"}}),
		"deny": set(),
	},
	"allowed: merged": {"input": _kubelet({"evictionHard": {"memory.available": "500Mi"}, "mergeDefaultEvictionSettings": true}), "deny": set()},
	"allowed: none": {"input": _kubelet({"evictionHard": {}}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_kubelet(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
