# METADATA
# title: Pods are evicted from nodes that are mostly free
# description: >-
#   A hard eviction threshold is so high that a node with plenty left counts as under pressure: the
#   kubelet kills its pods and takes no others.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: medium
#   remediation: >-
#     Lower the threshold; the default for memory is 100Mi, for disks 10% to 15%.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   parameters:
#     max_eviction_percent:
#       description: The percentage up to which a hard eviction threshold is not too high.
#       type: integer
#       minimum: 1
#       maximum: 100
#       default: 50
#   references:
#     - https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
package rollgate.cluster.eviction_threshold_too_high

import data.rollgate.lib.result

deny contains finding if {
	thresholds := input.cluster_object.spec.kubeletConfig.evictionHard
	is_object(thresholds)
	some signal, value in thresholds
	is_string(value)
	regex.match(`^[0-9]{1,3}(\.[0-9]+)?%$`, value)
	to_number(trim_suffix(value, "%")) > data.parameters.max_eviction_percent
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "evictionHard", signal]),
		sprintf("pods are evicted once less than %s of `%s` is left", [value, signal]),
	)
}
