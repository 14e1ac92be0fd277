# METADATA
# title: Tests of cluster.malformed-reservation
package rollgate.cluster.malformed_reservation_test

import data.rollgate.cluster.malformed_reservation as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no resource, no quantity": {
		"input": _kubelet({"kubeReserved": {"storage": "1Gi"}, "systemReserved": {"cpu": "500m", "memory": "1GB"}}),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/kubeReserved/storage", "message": "`storage` cannot be reserved: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/systemReserved/memory", "message": "`1GB` of `memory` is no quantity: the kubelet does not start"},
		},
	},
	"allowed: quantities": {
		"input": _kubelet({"kubeReserved": {"pid": "1000"}, "systemReserved": {"cpu": "500m", "ephemeral-storage": "1Gi", "memory": "1Gi"}}),
		"deny": set(),
	},
	"allowed: of the wrong type, which another rule denies": {"input": _kubelet({"systemReserved": {"cpu": 1}}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_kubelet(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
