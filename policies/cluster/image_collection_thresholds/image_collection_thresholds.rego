# METADATA
# title: Images are collected at thresholds that contradict each other
# description: >-
#   The kubelet starts to remove images at imageGCHighThresholdPercent and stops at
#   imageGCLowThresholdPercent. Where the low threshold is not below the high one the kubelet
#   does not start; a field that is not written has its default, 85 and 80. The Machine Config
#   Operator does not look at it: every node that gets it stays NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Write both thresholds, the low one below the high one.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/apis/config/validation/validation.go
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
package rollgate.cluster.image_collection_thresholds

import data.rollgate.lib.result

deny contains finding if {
	kubelet := input.cluster_object.spec.kubeletConfig
	high := object.get(kubelet, "imageGCHighThresholdPercent", 85)
	low := object.get(kubelet, "imageGCLowThresholdPercent", 80)
	is_number(high)
	is_number(low)
	low >= high
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", _written(kubelet)]),
		sprintf("images are removed from %v%% of the disk on and down to %v%%: the kubelet does not start", [high, low]),
	)
}

_written(kubelet) := [field |
	some field in ["imageGCHighThresholdPercent", "imageGCLowThresholdPercent"]
	field in object.keys(kubelet)
][0]
