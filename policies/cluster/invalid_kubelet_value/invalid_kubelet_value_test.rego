# METADATA
# title: Tests of cluster.invalid-kubelet-value
package rollgate.cluster.invalid_kubelet_value_test

import data.rollgate.cluster.invalid_kubelet_value as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no such value": {
		"input": _kubelet({"cpuManagerPolicy": "Static", "enforceNodeAllocatable": ["pods", "system"]}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/cpuManagerPolicy", "message": "`cpuManagerPolicy` is `Static`, and not one of `none`, `static`: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/enforceNodeAllocatable", "message": "`enforceNodeAllocatable` has `system`, which is not one of `kube-reserved`, `kube-reserved-compressible`, `none`, `pods`, `system-reserved`, `system-reserved-compressible`: the kubelet does not start"},
		},
	},
	"denied: out of range": {
		"input": _kubelet({"containerLogMaxFiles": 1, "imageGCHighThresholdPercent": 101}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/containerLogMaxFiles", "message": "`containerLogMaxFiles` is 1, and at least 2 is taken: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/imageGCHighThresholdPercent", "message": "`imageGCHighThresholdPercent` is 101, and at most 100 is taken: the kubelet does not start"},
		},
	},
	"allowed: values and numbers": {
		"input": _kubelet({"containerLogMaxFiles": 2, "cpuManagerPolicy": "static", "enforceNodeAllocatable": ["pods"], "oomScoreAdj": -999, "topologyManagerScope": ""}),
		"deny": set(),
	},
	"allowed: of another type, which another rule denies": {"input": _kubelet({"containerLogMaxFiles": "1", "cpuManagerPolicy": 1}), "deny": set()},
	"allowed: any value is taken": {"input": _kubelet({"clusterDomain": "example.com"}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_kubelet(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
