# METADATA
# title: The reserved cgroup is not the one that is limited
# description: >-
#   systemReservedCgroup and systemCgroups name different cgroups: what is reserved would be
#   enforced on one, and the system's processes be in the other. The Machine Config Operator refuses
#   it, and does not render the pool until it is mended.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Give both fields the same value, or leave both to the operator.
#   since: 0.1.0
#   tags: [kubelet]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.cluster.reserved_cgroup_mismatch

import data.rollgate.lib.result

deny contains finding if {
	kubelet := input.cluster_object.spec.kubeletConfig
	not _empty(kubelet.systemReservedCgroup)
	not _empty(kubelet.systemCgroups)
	kubelet.systemReservedCgroup != kubelet.systemCgroups
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "systemReservedCgroup"]),
		sprintf("systemReservedCgroup `%v` is not systemCgroups `%v`", [kubelet.systemReservedCgroup, kubelet.systemCgroups]),
	)
}

_empty(text) if text in ["", null]
