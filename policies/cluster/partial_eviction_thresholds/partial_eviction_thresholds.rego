# METADATA
# title: Some eviction thresholds switch the others off
# description: >-
#   The hard eviction thresholds of the kubelet are set for some signals only. Those that are
#   not written are not at their default then, they are off: a node may fill its disk, or run
#   out of memory, without a pod being evicted.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: low
#   remediation: >-
#     Write `memory.available`, `nodefs.available`, `nodefs.inodesFree` and `imagefs.available`; the
#     defaults are 100Mi, 10%, 5% and 15%. Where the release has it,
#     `mergeDefaultEvictionSettings: true` keeps the others.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/nodes/working-with-nodes#nodes-nodes-garbage-collection-configuring_nodes-nodes-configuring
#     - https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
package rollgate.cluster.partial_eviction_thresholds

import data.rollgate.lib.result

deny contains finding if {
	kubelet := input.cluster_object.spec.kubeletConfig
	thresholds := kubelet.evictionHard
	is_object(thresholds)
	count(thresholds) > 0
	not object.get(kubelet, "mergeDefaultEvictionSettings", false)
	missing := _by_default - object.keys(thresholds)
	count(missing) > 0
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "evictionHard"]),
		sprintf("nothing is evicted for `%s`: what is not written here is off", [concat("`, `", missing)]),
	)
}

_by_default := {"imagefs.available", "memory.available", "nodefs.available", "nodefs.inodesFree"}
