# METADATA
# title: An object is meant for a pool that does not exist
# description: >-
#   A KubeletConfig or ContainerRuntimeConfig selects none of the pools, or a MachineOSConfig names
#   none of them. It is applied nowhere, which shows in its status only.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig, ContainerRuntimeConfig, MachineOSConfig]
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

deny contains finding if {
	input.cluster_object.pools == []
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", _field]),
		sprintf("%s `%s` is meant for none of the pools: it is applied nowhere", [input.cluster_object.kind, input.cluster_object.name]),
	)
}

_field := "machineConfigPool" if {
	input.cluster_object.kind == "MachineOSConfig"
} else := "machineConfigPoolSelector"
