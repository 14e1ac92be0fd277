# METADATA
# title: Resources are reserved by hand and by size
# description: >-
#   A KubeletConfig lets the node size its own reservation and sets systemReserved as well. The
#   Machine Config Operator refuses the two together, applies nothing, and does not render the pool
#   until it is mended.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Remove `systemReserved`, or set `autoSizingReserved` to `false`.
#   since: 0.1.0
#   tags: [kubelet]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/KubeletConfigDesign.md
package rollgate.cluster.reserved_twice

import data.rollgate.lib.result

deny contains finding if {
	spec := input.cluster_object.spec
	spec.autoSizingReserved == true
	reserved := spec.kubeletConfig.systemReserved
	is_object(reserved)
	count(reserved) > 0
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "autoSizingReserved"]),
		"`autoSizingReserved` cannot be combined with `systemReserved`: the operator refuses both",
	)
}
