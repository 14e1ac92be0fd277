# METADATA
# title: Tests of cluster.selects-every-pool
package rollgate.cluster.selects_every_pool_test

import data.rollgate.cluster.selects_every_pool as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: empty": {
		"input": fixture.cluster_object({"spec": {"machineConfigPoolSelector": {}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "an empty `machineConfigPoolSelector` selects every pool, the control plane too"}},
	},
	"denied: empty lists": {
		"input": fixture.cluster_object({"spec": {"machineConfigPoolSelector": {"matchLabels": {}, "matchExpressions": []}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/machineConfigPoolSelector", "message": "an empty `machineConfigPoolSelector` selects every pool, the control plane too"}},
	},
	"allowed: a label": {
		"input": fixture.cluster_object({"spec": {"machineConfigPoolSelector": {"matchLabels": {"a": "b"}}}}),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
