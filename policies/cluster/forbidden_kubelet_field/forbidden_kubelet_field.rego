# METADATA
# title: A KubeletConfig sets what the operator keeps to itself
# description: >-
#   The Machine Config Operator sets these fields of the kubelet itself and refuses a KubeletConfig
#   that gives them a value. Nothing of it is applied, and the pool is not rendered again until it
#   is mended: other changes wait too.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Remove the field. Feature gates belong in the FeatureGate `cluster`, DNS in the DNS operator.
#   since: 0.1.0
#   tags: [kubelet]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/KubeletConfigDesign.md
package rollgate.cluster.forbidden_kubelet_field

import data.rollgate.lib.result

deny contains finding if {
	some path in _forbidden
	value := object.get(input.cluster_object.spec, path, null)
	_says_something(value)
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec"], path)),
		sprintf("`%s` is not allowed in a KubeletConfig: the operator applies nothing of it", [concat(".", array.slice(path, 1, 9))]),
	)
}

_forbidden := {
	["kubeletConfig", "cgroupDriver"],
	["kubeletConfig", "clusterDNS"],
	["kubeletConfig", "clusterDomain"],
	["kubeletConfig", "failSwapOn"],
	["kubeletConfig", "featureGates"],
	["kubeletConfig", "memorySwap", "swapBehavior"],
	["kubeletConfig", "staticPodPath"],
}

_says_something(value) if not value in [null, "", [], {}]
