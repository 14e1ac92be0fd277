# METADATA
# title: Tests of cluster.kubelet-answers-anyone
package rollgate.cluster.kubelet_answers_anyone_test

import data.rollgate.cluster.kubelet_answers_anyone as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: all": {
		"input": _config({"authentication": {"anonymous": {"enabled": true}}, "authorization": {"mode": "AlwaysAllow"}, "readOnlyPort": 10255}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/authentication/anonymous/enabled", "message": "callers of the kubelet need not say who they are"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/authorization/mode", "message": "`AlwaysAllow` lets every caller of the kubelet do everything"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/readOnlyPort", "message": "port 10255 of the node tells everyone what runs on it"},
		},
	},
	"allowed: the defaults": {
		"input": _config({"authentication": {"anonymous": {"enabled": false}}, "authorization": {"mode": "Webhook"}, "readOnlyPort": 0}),
		"deny": set(),
	},
	"allowed: not written": {"input": _config({}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_config(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
