# METADATA
# title: Tests of cluster.sysctl-without-namespace
package rollgate.cluster.sysctl_without_namespace_test

import data.rollgate.cluster.sysctl_without_namespace as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of the node": {
		"input": _kubelet(["net.core.somaxconn", "vm.max_map_count", "kernel.*"]),
		"deny": {
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/allowedUnsafeSysctls/1", "message": "sysctl `vm.max_map_count` has no namespace: the kubelet does not start"},
			{"at": "KubeletConfig/worker#/spec/kubeletConfig/allowedUnsafeSysctls/2", "message": "sysctl `kernel.*` has no namespace: the kubelet does not start"},
		},
	},
	"allowed: of a namespace": {"input": _kubelet(["fs.mqueue.*", "kernel.msg*", "kernel.sem", "kernel.shmmax", "net.*", "net/ipv4/tcp_syncookies"]), "deny": set()},
	"allowed: of the wrong type, which another rule denies": {"input": _kubelet([1]), "deny": set()},
	"allowed: no list, which another rule denies": {"input": _kubelet("vm.swappiness"), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_kubelet(names) := fixture.cluster_object({"spec": {"kubeletConfig": {"allowedUnsafeSysctls": names}}})
