# METADATA
# title: Several KubeletConfigs are for one pool
# description: >-
#   Each KubeletConfig makes a whole kubelet.conf of its own. Of several for one pool the one that
#   was created last wins, whatever its name, and nothing of the others is left.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Merge them into one KubeletConfig for the pool.
#   since: 0.1.0
#   tags: [kubelet, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/KubeletConfigDesign.md
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.pool.kubelet_config_overridden

import data.rollgate.lib.result

deny contains finding if {
	configs := input.pool.kubelet_configs
	count(configs) > 1
	some config in configs
	finding := result.fail(config.at, sprintf(
		"pool `%s` has %d KubeletConfigs, and only the one created last has effect",
		[input.pool.name, count(configs)],
	))
}
