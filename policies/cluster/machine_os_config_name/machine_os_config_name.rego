# METADATA
# title: A MachineOSConfig has another name than its pool
# description: >-
#   A pool has one MachineOSConfig, of its own name. The API server refuses another name for a new
#   one.
# custom:
#   subject: cluster_object
#   kinds: [MachineOSConfig]
#   severity: high
#   remediation: >-
#     Give the MachineOSConfig the name of its pool.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types_machineosconfig.go
package rollgate.cluster.machine_os_config_name

import data.rollgate.lib.result

deny contains finding if {
	pool := input.cluster_object.spec.machineConfigPool.name
	pool != input.cluster_object.name
	not input.cluster_object.status # with it, the cluster has taken the object, as releases before 4.19 did
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "machineConfigPool", "name"]),
		sprintf("MachineOSConfig `%s` is for the pool `%v`, whose name it has to have", [input.cluster_object.name, pool]),
	)
}
