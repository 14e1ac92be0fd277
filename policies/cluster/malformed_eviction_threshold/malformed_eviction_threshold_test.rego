# METADATA
# title: Tests of cluster.malformed-eviction-threshold
package rollgate.cluster.malformed_eviction_threshold_test

import data.rollgate.cluster.malformed_eviction_threshold as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no signal, no quantity": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.free": "100Mi", "nodefs.available": "10 %"}, "evictionSoft": {"imagefs.available": "150%"}}}}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionHard/memory.free", "message": "`memory.free` is no eviction signal: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionHard/nodefs.available", "message": "`10 %` is neither a quantity nor a percentage up to 100%: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionSoft/imagefs.available", "message": "`150%` is neither a quantity nor a percentage up to 100%: the kubelet does not start"},
		},
	},
	"denied: nothing": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.available": "0Mi", "nodefs.available": "0%"}, "evictionMinimumReclaim": {"memory.available": "0Mi"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionHard/memory.available", "message": "`0Mi` of `memory.available` is no threshold: the kubelet does not start"}},
	},
	"allowed: quantities and percentages": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.available": "500Mi", "nodefs.available": "10%", "pid.available": "1000", "nodefs.inodesFree": "4.5%"}, "evictionMinimumReclaim": {"nodefs.available": "1Gi"}}}}),
		"deny": set(),
	},
	"allowed: of the wrong type, which another rule denies": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.available": 500}}}}),
		"deny": set(),
	},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
