# METADATA
# title: Pods are allowed a sysctl that is of the whole node
# description: >-
#   allowedUnsafeSysctls of the kubelet names a sysctl that has no namespace: a pod that set it
#   would set it for the whole node. The kubelet does not start with it. The Machine Config
#   Operator does not look at it: every node that gets it stays NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Allow `kernel.shm*`, `kernel.msg*`, `kernel.sem`, `fs.mqueue.*` or `net.*`; set others
#     for the node with a Tuned profile or a file in `/etc/sysctl.d`.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
#     - https://github.com/kubernetes/component-helpers/blob/master/node/util/sysctl/namespace.go
package rollgate.cluster.sysctl_without_namespace

import data.rollgate.lib.result

deny contains finding if {
	names := input.cluster_object.spec.kubeletConfig.allowedUnsafeSysctls
	is_array(names)
	some index, name in names
	is_string(name)
	not _namespaced(trim_suffix(replace(name, "/", "."), "*"))
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "allowedUnsafeSysctls", index]),
		sprintf("sysctl `%s` has no namespace: the kubelet does not start", [name]),
	)
}

_namespaced(name) if strings.any_prefix_match(name, {"fs.mqueue.", "kernel.msg", "kernel.shm", "net."})

_namespaced(name) if name == "kernel.sem"
