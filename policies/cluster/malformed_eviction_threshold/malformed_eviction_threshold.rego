# METADATA
# title: An eviction threshold is malformed
# description: >-
#   The kubelet does not start with an eviction threshold that names no signal, or whose value is
#   neither a quantity nor a percentage. The Machine Config Operator does not look at it: every node
#   that gets it stays NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Name a signal such as `memory.available`, and give it a quantity such as `500Mi` or a
#     percentage from 0% to 100%.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.cluster.malformed_eviction_threshold

import data.rollgate.lib.result

deny contains finding if {
	some group in {"evictionHard", "evictionMinimumReclaim", "evictionSoft"}
	thresholds := input.cluster_object.spec.kubeletConfig[group]
	is_object(thresholds)
	some signal, value in thresholds
	fault := _fault(signal, value)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", group, signal]),
		sprintf("%s: the kubelet does not start", [fault]),
	)
}

_fault(signal, _) := sprintf("`%s` is no eviction signal", [signal]) if not signal in _signals

_fault(signal, value) := sprintf("`%s` is neither a quantity nor a percentage up to 100%%", [value]) if {
	signal in _signals
	is_string(value)
	not regex.match(`^([0-9]{1,2}(\.[0-9]+)?|100)%$`, value)
	not regex.match(`^[0-9]+(\.[0-9]+)?([eE][0-9]+|m|k|[MGTPE]|[KMGTPE]i)?$`, value)
}

_signals := {
	"allocatableMemory.available",
	"containerfs.available",
	"containerfs.inodesFree",
	"imagefs.available",
	"imagefs.inodesFree",
	"memory.available",
	"nodefs.available",
	"nodefs.inodesFree",
	"pid.available",
}
