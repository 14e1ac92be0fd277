# METADATA
# title: A pool has more configs than the operator takes
# description: >-
#   For one pool, the Machine Config Operator makes MachineConfigs of ten KubeletConfigs at most,
#   and of ten ContainerRuntimeConfigs. It refuses the next one, which then has no effect.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Merge them into one for the pool.
#   since: 0.1.0
#   tags: [kubelet, runtime, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.pool.too_many_node_configs

import data.rollgate.lib.result

deny contains finding if {
	some configs in _kinds
	count(configs) > 10
	some config in array.slice(configs, 10, count(configs))
	finding := result.fail(config.at, sprintf(
		"there are %d of its kind for the pool `%s`, and 10 are taken",
		[count(configs), input.pool.name],
	))
}

_kinds contains configs if configs := input.pool.kubelet_configs

_kinds contains configs if configs := input.pool.container_runtime_configs
