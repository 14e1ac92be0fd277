# METADATA
# title: Tests of cluster.kubelet-log-level
package rollgate.cluster.kubelet_log_level_test

import data.rollgate.cluster.kubelet_log_level as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: above": {
		"input": fixture.cluster_object({"spec": {"logLevel": 11}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/logLevel", "message": "log level `11` is not one of 0 to 10"}},
	},
	"denied: below": {
		"input": fixture.cluster_object({"spec": {"logLevel": -1}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/logLevel", "message": "log level `-1` is not one of 0 to 10"}},
	},
	"allowed: in range": {"input": fixture.cluster_object({"spec": {"logLevel": 4}}), "deny": set()},
	"allowed: not set": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}
