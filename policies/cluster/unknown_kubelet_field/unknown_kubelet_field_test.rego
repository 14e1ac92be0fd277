# METADATA
# title: Tests of cluster.unknown-kubelet-field
package rollgate.cluster.unknown_kubelet_field_test

import data.rollgate.cluster.unknown_kubelet_field as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: misspelt": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPod": 250, "podPidsLimit": 4096}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxPod", "message": "the kubelet has no field `maxPod`: it is dropped silently"}},
	},
	"denied: of another case": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxpods": 250}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxpods", "message": "`maxPods` of the kubelet is written `maxpods`"}},
	},
	"allowed: known": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPods": 250, "apiVersion": "kubelet.config.k8s.io/v1beta1"}}}),
		"deny": set(),
	},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
