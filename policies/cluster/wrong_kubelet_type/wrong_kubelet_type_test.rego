# METADATA
# title: Tests of cluster.wrong-kubelet-type
package rollgate.cluster.wrong_kubelet_type_test

import data.rollgate.cluster.wrong_kubelet_type as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: each type": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {
			"clusterDomain": 1,
			"enforceNodeAllocatable": "pods",
			"logging": [],
			"maxPods": "250",
			"memoryThrottlingFactor": "1",
			"registerWithTaints": {},
			"seccompDefault": "true",
			"syncFrequency": 60,
			"systemReserved": {"cpu": 1},
			"tlsCipherSuites": [1],
		}}}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/clusterDomain", "message": "`clusterDomain` takes a string"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/enforceNodeAllocatable", "message": "`enforceNodeAllocatable` takes a list of strings"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/logging", "message": "`logging` takes a mapping"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxPods", "message": "`maxPods` takes a whole number"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/memoryThrottlingFactor", "message": "`memoryThrottlingFactor` takes a number"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/registerWithTaints", "message": "`registerWithTaints` takes a list"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/seccompDefault", "message": "`seccompDefault` takes a boolean"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/syncFrequency", "message": "`syncFrequency` takes a string such as `1m30s`"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/systemReserved", "message": "`systemReserved` takes a mapping with strings for values"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/tlsCipherSuites", "message": "`tlsCipherSuites` takes a list of strings"},
		},
	},
	"denied: no time": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"syncFrequency": "1 minute"}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/syncFrequency", "message": "`syncFrequency` is no time such as `1m30s`"}},
	},
	"allowed: each type": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {
			"authentication": {},
			"clusterDomain": "example.com",
			"enforceNodeAllocatable": ["pods"],
			"kind": "KubeletConfiguration",
			"logging": null,
			"maxPods": 250,
			"memoryThrottlingFactor": 0.9,
			"registerWithTaints": [],
			"seccompDefault": true,
			"shutdownGracePeriod": "0",
			"nodeStatusReportFrequency": ".5m",
			"syncFrequency": "1m0s",
			"systemReserved": {"cpu": "1"},
			"tracing": {},
		}}}),
		"deny": set(),
	},
	"allowed: not known": {"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPod": "250"}}}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
