# METADATA
# title: Tests of cluster.unreasonable-max-pods
package rollgate.cluster.unreasonable_max_pods_test

import data.rollgate.cluster.unreasonable_max_pods as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: too many": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPods": 5000}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxPods", "message": "maxPods `5000` is not from 20 to 2500"}},
	},
	"denied: none": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPods": 0}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/maxPods", "message": "maxPods `0` is not from 20 to 2500"}},
	},
	"allowed: tested": {"input": fixture.cluster_object({"spec": {"kubeletConfig": {"maxPods": 500}}}), "deny": set()},
	"allowed: not set": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
