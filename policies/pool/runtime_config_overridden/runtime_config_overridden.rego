# METADATA
# title: Several ContainerRuntimeConfigs are for one pool
# description: >-
#   Where several ContainerRuntimeConfigs for one pool set the same field, the one that was created
#   last wins, whatever its name.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Merge them into one ContainerRuntimeConfig for the pool.
#   since: 0.1.0
#   tags: [runtime, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/ContainerRuntimeConfigDesign.md
package rollgate.pool.runtime_config_overridden

import data.rollgate.lib.result

deny contains finding if {
	configs := input.pool.container_runtime_configs
	count(configs) > 1
	some config in configs
	finding := result.fail(config.at, sprintf(
		"pool `%s` has %d ContainerRuntimeConfigs, and the one created last wins",
		[input.pool.name, count(configs)],
	))
}
