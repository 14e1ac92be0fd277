# METADATA
# title: An object selects no pool because its selector says nothing
# description: >-
#   A KubeletConfig or ContainerRuntimeConfig without a machineConfigPoolSelector, or with an empty
#   one, is meant for no pool, not for all: the Machine Config Operator reports that it finds none,
#   and nothing is applied.
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
import data.rollgate.lib.selector

deny contains finding if {
	not _requires
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "machineConfigPoolSelector"]),
		sprintf("`machineConfigPoolSelector` of %s `%s` requires nothing: it is applied to no pool", [input.cluster_object.kind, input.cluster_object.name]),
	)
}

_requires if selector.requires(input.cluster_object.spec.machineConfigPoolSelector)
