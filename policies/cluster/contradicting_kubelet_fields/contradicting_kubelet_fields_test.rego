# METADATA
# title: Tests of cluster.contradicting-kubelet-fields
package rollgate.cluster.contradicting_kubelet_fields_test

import data.rollgate.cluster.contradicting_kubelet_fields as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: image pulls and options": {
		"input": _config({"serializeImagePulls": true, "maxParallelImagePulls": 5, "enforceNodeAllocatable": ["none", "pods"]}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxParallelImagePulls", "message": "images are pulled one by one, and `maxParallelImagePulls` allows several at a time: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/enforceNodeAllocatable", "message": "`none` and `pods` do not go together: the kubelet does not start"},
		},
	},
	"denied: cpus and times": {
		"input": _config({"reservedSystemCPUs": "0-1", "kubeReservedCgroup": "/kube.slice", "shutdownGracePeriod": "30s", "shutdownGracePeriodCriticalPods": "1m", "shutdownGracePeriodByPodPriority": [{"priority": 0, "shutdownGracePeriodSeconds": 30}]}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/reservedSystemCPUs", "message": "`reservedSystemCPUs` does not go together with `kubeReservedCgroup`: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/shutdownGracePeriodByPodPriority", "message": "times to shut down are given by priority and for all pods: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/shutdownGracePeriodCriticalPods", "message": "critical pods get longer to shut down than all pods together: the kubelet does not start"},
		},
	},
	"denied: ages of images": {
		"input": _config({"imageMaximumGCAge": "1m"}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/imageMaximumGCAge", "message": "images are removed before `imageMinimumGCAge` lets them be: the kubelet does not start"}},
	},
	"allowed: what goes together": {
		"input": _config({
			"enforceNodeAllocatable": ["pods", "system-reserved"],
			"imageMaximumGCAge": "24h",
			"imageMinimumGCAge": "5m",
			"maxParallelImagePulls": 5,
			"reservedSystemCPUs": "0-1",
			"serializeImagePulls": false,
			"shutdownGracePeriod": "1m30s",
			"shutdownGracePeriodCriticalPods": "30s",
		}),
		"deny": set(),
	},
	"allowed: of the wrong type, which another rule denies": {
		"input": _config({"enforceNodeAllocatable": "none", "imageMaximumGCAge": 5, "maxParallelImagePulls": "5", "serializeImagePulls": true, "shutdownGracePeriodCriticalPods": "soon"}),
		"deny": set(),
	},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_config(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
