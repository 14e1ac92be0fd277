# METADATA
# title: Tests of cluster.forbidden-kubelet-field
package rollgate.cluster.forbidden_kubelet_field_test

import data.rollgate.cluster.forbidden_kubelet_field as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: each of them": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"cgroupDriver": "systemd", "clusterDNS": ["10.0.0.10"], "failSwapOn": false, "memorySwap": {"swapBehavior": "LimitedSwap"}}}}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/cgroupDriver", "message": "`cgroupDriver` is not allowed in a KubeletConfig: the operator applies nothing of it"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/clusterDNS", "message": "`clusterDNS` is not allowed in a KubeletConfig: the operator applies nothing of it"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/failSwapOn", "message": "`failSwapOn` is not allowed in a KubeletConfig: the operator applies nothing of it"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/memorySwap/swapBehavior", "message": "`memorySwap.swapBehavior` is not allowed in a KubeletConfig: the operator applies nothing of it"},
		},
	},
	"allowed: empty ones": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"clusterDNS": [], "clusterDomain": "", "featureGates": {}, "staticPodPath": null}}}),
		"deny": set(),
	},
	"allowed: others": {"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPods": 250}}}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
	"allowed: no spec": {"input": fixture.cluster_object({"spec": null}), "deny": set()},
}
