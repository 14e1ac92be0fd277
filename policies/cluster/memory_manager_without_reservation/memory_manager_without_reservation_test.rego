# METADATA
# title: Tests of cluster.memory-manager-without-reservation
package rollgate.cluster.memory_manager_without_reservation_test

import data.rollgate.cluster.memory_manager_without_reservation as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no reservation": {
		"input": _kubelet({"memoryManagerPolicy": "Static"}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/memoryManagerPolicy", "message": "memory is managed statically, and no `reservedMemory` is written: the kubelet does not start"}},
	},
	"allowed: a reservation": {"input": _kubelet({"memoryManagerPolicy": "Static", "reservedMemory": [{"numaNode": 0, "limits": {"memory": "1124Mi"}}]}), "deny": set()},
	"allowed: not static": {"input": _kubelet({"memoryManagerPolicy": "None"}), "deny": set()},
	"allowed: not written": {"input": _kubelet({}), "deny": set()},
}

_kubelet(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
