# METADATA
# title: Tests of cluster.setting-of-the-kubelet
package rollgate.cluster.setting_of_the_kubelet_test

import data.rollgate.cluster.setting_of_the_kubelet as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": _runtime({"logSizeMax": "50M", "pidsLimit": 2048}),
		"deny": {
			{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/logSizeMax", "message": "`logSizeMax` is to be deprecated: `containerLogMaxSize` of a KubeletConfig is the kubelet's"},
			{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/pidsLimit", "message": "`pidsLimit` is to be deprecated: `podPidsLimit` of a KubeletConfig is the kubelet's"},
		},
	},
	"allowed: others": {"input": _runtime({"logLevel": "debug", "pidsLimit": 0}), "deny": set()},
	"allowed: no containerRuntimeConfig": {"input": fixture.object_of("ContainerRuntimeConfig", {}), "deny": set()},
}

_runtime(fields) := fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": fields})
