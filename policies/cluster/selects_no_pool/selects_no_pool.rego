# METADATA
# title: An object is meant for a pool that does not exist
# description: >-
#   A KubeletConfig or ContainerRuntimeConfig selects none of the pools, a MachineOSConfig names none
#   of them, or a PinnedImageSet has labels that none selects, and is named by none. It is applied
#   nowhere, which shows in its status only.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig, ContainerRuntimeConfig, MachineOSConfig, PinnedImageSet]
#   severity: high
#   remediation: >-
#     Correct the label or the name, or label the pool.
#   since: 0.1.0
#   tags: [kubelet, runtime, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/KubeletConfigDesign.md
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/ContainerRuntimeConfigDesign.md
package rollgate.cluster.selects_no_pool

import data.rollgate.lib.result
import data.rollgate.lib.selector

deny contains finding if {
	input.cluster_object.pools == []
	finding := result.fail(
		result.at(input.cluster_object.at, _path),
		sprintf("%s `%s` is meant for none of the pools: it is applied nowhere", [input.cluster_object.kind, input.cluster_object.name]),
	)
}

_path := ["spec", "machineConfigPool"] if input.cluster_object.kind == "MachineOSConfig"

_path := ["metadata", "labels"] if input.cluster_object.kind == "PinnedImageSet"

# `cluster.missing-pool-selector` judges one that requires nothing.
_path := ["spec", "machineConfigPoolSelector"] if {
	selector.requires(input.cluster_object.spec.machineConfigPoolSelector)
}
