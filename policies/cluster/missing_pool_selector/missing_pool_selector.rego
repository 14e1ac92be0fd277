# METADATA
# title: An object selects no pool because it has no selector
# description: >-
#   A KubeletConfig or ContainerRuntimeConfig without a machineConfigPoolSelector is meant for no
#   pool: the Machine Config Operator reports that it finds none, and nothing is applied.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig, ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Add a `machineConfigPoolSelector`, such as the label
#     `pools.operator.machineconfiguration.openshift.io/worker`.
#   since: 0.1.0
#   tags: [kubelet, runtime, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/KubeletConfigDesign.md
package rollgate.cluster.missing_pool_selector

import data.rollgate.lib.result

deny contains finding if {
	not _has_selector
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "machineConfigPoolSelector"]),
		sprintf("%s `%s` has no `machineConfigPoolSelector`: it is applied to no pool", [input.cluster_object.kind, input.cluster_object.name]),
	)
}

_has_selector if input.cluster_object.spec.machineConfigPoolSelector != null
