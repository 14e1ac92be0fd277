# METADATA
# title: A pool says which rendered config it is to have
# description: >-
#   spec.configuration of a MachineConfigPool is what its nodes are to run, and the Machine
#   Config Operator writes it. A manifest that holds it, such as one made of what `oc get`
#   printed, sends the nodes back to a config that is no longer the pool's, or to one that is
#   gone, each time it is applied.
# custom:
#   subject: cluster_object
#   kinds: [MachineConfigPool]
#   severity: medium
#   remediation: >-
#     Remove `spec.configuration` from the manifest.
#   since: 0.1.0
#   tags: [pool, rollout]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigController.md
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types.go
package rollgate.cluster.pool_names_rendered_config

import data.rollgate.lib.result

deny contains finding if {
	name := input.cluster_object.spec.configuration.name
	not name in ["", null]
	not input.cluster_object.status # with it, the object is what the cluster has
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "configuration", "name"]),
		sprintf("pool `%s` is told to run `%v`, which the operator decides", [input.cluster_object.name, name]),
	)
}
