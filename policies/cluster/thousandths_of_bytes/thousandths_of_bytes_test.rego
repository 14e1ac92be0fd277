# METADATA
# title: Tests of cluster.thousandths-of-bytes
package rollgate.cluster.thousandths_of_bytes_test

import data.rollgate.cluster.thousandths_of_bytes as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of the kubelet": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"evictionHard": {"memory.available": "200m"}, "systemReserved": {"cpu": "500m", "memory": "500m"}}}}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/evictionHard/memory.available", "message": "`200m` is next to nothing: `m` is a thousandth of a byte"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/systemReserved/memory", "message": "`500m` is next to nothing: `m` is a thousandth of a byte"},
		},
	},
	"denied: of the runtime": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": "50m"}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/logSizeMax", "message": "`50m` is next to nothing: `m` is a thousandth of a byte"}},
	},
	"allowed: bytes": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"containerLogMaxSize": "50Mi", "systemReserved": {"cpu": "500m", "memory": "500M"}}}}),
		"deny": set(),
	},
	"allowed: so many that they are bytes": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"systemReserved": {"memory": "1717986918400m"}}}}),
		"deny": set(),
	},
	"allowed: of another type, which another rule denies": {"input": fixture.cluster_object({"spec": {"kubeletConfig": {"systemReserved": {"memory": 5}, "kubeReserved": "m"}}}), "deny": set()},
	"allowed: no spec": {"input": fixture.cluster_object({"spec": null}), "deny": set()},
}
