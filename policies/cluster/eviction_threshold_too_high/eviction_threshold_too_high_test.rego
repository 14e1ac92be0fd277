# METADATA
# title: Tests of cluster.eviction-threshold-too-high
package rollgate.cluster.eviction_threshold_too_high_test

import data.rollgate.cluster.eviction_threshold_too_high as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: everything": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.available": "100%"}}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionHard/memory.available", "message": "pods are evicted once less than 100% of `memory.available` is left"}},
	},
	"allowed: a tenth": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.available": "10%", "nodefs.available": "1Gi"}}}}),
		"deny": set(),
	},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
