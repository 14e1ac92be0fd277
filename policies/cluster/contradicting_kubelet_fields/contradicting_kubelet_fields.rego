# METADATA
# title: Fields of the kubelet contradict each other
# description: >-
#   Two fields of a KubeletConfig do not go together, and the kubelet does not start with both.
#   The Machine Config Operator does not look at it: every node that gets it stays NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Remove one of the two fields, or change the value that the message tells.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/apis/config/validation/validation.go
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
package rollgate.cluster.contradicting_kubelet_fields

import data.rollgate.lib.result

deny contains finding if {
	some [field, fault] in _contradictions
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", field]),
		sprintf("%s: the kubelet does not start", [fault]),
	)
}

_contradictions contains ["maxParallelImagePulls", "images are pulled one by one, and `maxParallelImagePulls` allows several at a time"] if {
	_kubelet.serializeImagePulls == true
	is_number(_kubelet.maxParallelImagePulls)
	_kubelet.maxParallelImagePulls > 1
}

_contradictions contains ["enforceNodeAllocatable", sprintf("`%s` and `%s` do not go together", [option, other])] if {
	is_array(_kubelet.enforceNodeAllocatable)
	some [option, other] in [
		["none", "pods"],
		["none", "kube-reserved"],
		["none", "system-reserved"],
		["kube-reserved", "kube-reserved-compressible"],
		["system-reserved", "system-reserved-compressible"],
	]
	option in _kubelet.enforceNodeAllocatable
	other in _kubelet.enforceNodeAllocatable
}

_contradictions contains ["reservedSystemCPUs", "`reservedSystemCPUs` does not go together with `kubeReservedCgroup`"] if {
	cpus := _kubelet.reservedSystemCPUs
	group := _kubelet.kubeReservedCgroup
	not _empty(cpus)
	not _empty(group)
}

_contradictions contains ["shutdownGracePeriodByPodPriority", "times to shut down are given by priority and for all pods"] if {
	times := _kubelet.shutdownGracePeriodByPodPriority
	not _empty(times)
	_nanoseconds.shutdownGracePeriod > 0
}

_contradictions contains ["shutdownGracePeriodCriticalPods", "critical pods get longer to shut down than all pods together"] if {
	_nanoseconds.shutdownGracePeriodCriticalPods > object.get(_nanoseconds, "shutdownGracePeriod", 0)
}

_contradictions contains ["imageMaximumGCAge", "images are removed before `imageMinimumGCAge` lets them be"] if {
	_nanoseconds.imageMaximumGCAge > 0
	_nanoseconds.imageMaximumGCAge <= object.get(_nanoseconds, "imageMinimumGCAge", _two_minutes)
}

_nanoseconds[field] := time.parse_duration_ns(value) if {
	some field in ["imageMaximumGCAge", "imageMinimumGCAge", "shutdownGracePeriod", "shutdownGracePeriodCriticalPods"]
	value := _kubelet[field]
	is_string(value)
	regex.match(`^([0-9]+(ns|us|ms|s|m|h))+$`, value)
}

_two_minutes := 120000000000

_empty(value) if value in ["", [], null]

_kubelet := input.cluster_object.spec.kubeletConfig
