# METADATA
# title: Tests of cluster.soft-eviction-without-grace-period
package rollgate.cluster.soft_eviction_without_grace_period_test

import data.rollgate.cluster.soft_eviction_without_grace_period as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: one without": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionSoft": {"memory.available": "1Gi", "nodefs.available": "10%"}, "evictionSoftGracePeriod": {"memory.available": "1m"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionSoft/nodefs.available", "message": "`nodefs.available` has no `evictionSoftGracePeriod` such as `1m30s`: the kubelet does not start"}},
	},
	"denied: none has": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionSoft": {"memory.available": "1Gi"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionSoft/memory.available", "message": "`memory.available` has no `evictionSoftGracePeriod` such as `1m30s`: the kubelet does not start"}},
	},
	"denied: no time": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionSoft": {"memory.available": "1Gi"}, "evictionSoftGracePeriod": {"memory.available": "90"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionSoft/memory.available", "message": "`memory.available` has no `evictionSoftGracePeriod` such as `1m30s`: the kubelet does not start"}},
	},
	"allowed: no threshold": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionSoft": {"memory.available": "0%"}}}}),
		"deny": set(),
	},
	"allowed: all have": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionSoft": {"memory.available": "1Gi"}, "evictionSoftGracePeriod": {"memory.available": "1m"}}}}),
		"deny": set(),
	},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
