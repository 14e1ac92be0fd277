# METADATA
# title: Tests of cluster.missing-pool-selector
package rollgate.cluster.missing_pool_selector_test

import data.rollgate.cluster.missing_pool_selector as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: none": {
		"input": fixture.cluster_object({}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "`machineConfigPoolSelector` of KubeletConfig `worker` requires nothing: it is applied to no pool"}},
	},
	"denied: an empty one": {
		"input": fixture.cluster_object({"spec": {"machineConfigPoolSelector": {"matchLabels": {}, "matchExpressions": []}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "`machineConfigPoolSelector` of KubeletConfig `worker` requires nothing: it is applied to no pool"}},
	},
	"denied: no spec": {
		"input": fixture.cluster_object({"spec": null}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "`machineConfigPoolSelector` of KubeletConfig `worker` requires nothing: it is applied to no pool"}},
	},
	"allowed: a label": {
		"input": fixture.cluster_object({"spec": {"machineConfigPoolSelector": {"matchLabels": {"a": "b"}}}}),
		"deny": set(),
	},
}
