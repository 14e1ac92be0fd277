# METADATA
# title: The log level of the kubelet is out of range
# description: >-
#   spec.logLevel of a KubeletConfig is a number from 0 to 10. The API server refuses another, or
#   the Machine Config Operator does.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Set `logLevel` to a number from 1 to 10; 2 is the default, and from 5 on logs grow fast.
#   since: 0.1.0
#   tags: [kubelet]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.cluster.kubelet_log_level

import data.rollgate.lib.result

deny contains finding if {
	level := input.cluster_object.spec.logLevel
	is_number(level)
	not level in numbers.range(0, 10)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "logLevel"]),
		sprintf("log level `%v` is not one of 0 to 10", [level]),
	)
}
