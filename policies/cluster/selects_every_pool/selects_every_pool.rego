# METADATA
# title: An object selects every pool
# description: >-
#   The empty selector of a KubeletConfig or ContainerRuntimeConfig selects all pools, the control
#   plane among them: one mistake in it reaches every node of the cluster.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig, ContainerRuntimeConfig]
#   severity: medium
#   remediation: >-
#     Select the pools by a label, one object for each kind of pool.
#   since: 0.1.0
#   tags: [kubelet, runtime, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/KubeletConfigDesign.md
package rollgate.cluster.selects_every_pool

import data.rollgate.lib.result

deny contains finding if {
	selector := input.cluster_object.spec.machineConfigPoolSelector
	is_object(selector)
	every requirements in selector { count(requirements) == 0 }
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "machineConfigPoolSelector"]),
		"an empty `machineConfigPoolSelector` selects every pool, the control plane too",
	)
}
