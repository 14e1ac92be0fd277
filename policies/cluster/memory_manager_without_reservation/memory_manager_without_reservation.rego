# METADATA
# title: Memory is managed statically without a reservation
# description: >-
#   The static memory manager of the kubelet needs to know what of each NUMA node is reserved:
#   the sum has to be what the node keeps from pods. Without reservedMemory the kubelet does
#   not start. The Machine Config Operator does not look at it: every node that gets it stays
#   NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Write `reservedMemory` for each NUMA node: together kubeReserved, systemReserved and
#     the hard eviction threshold of memory. A PerformanceProfile works it out.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/
package rollgate.cluster.memory_manager_without_reservation

import data.rollgate.lib.result

deny contains finding if {
	kubelet := input.cluster_object.spec.kubeletConfig
	kubelet.memoryManagerPolicy == "Static"
	object.get(kubelet, "reservedMemory", []) in [[], null]
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "memoryManagerPolicy"]),
		"memory is managed statically, and no `reservedMemory` is written: the kubelet does not start",
	)
}
