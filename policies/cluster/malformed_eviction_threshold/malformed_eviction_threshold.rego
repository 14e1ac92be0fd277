# METADATA
# title: An eviction threshold is malformed
# description: >-
#   The kubelet does not start with an eviction threshold that names no signal, or whose value is
#   neither a quantity above zero nor a percentage. The Machine Config Operator does not look at it: every node
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

import data.rollgate.lib.quantity
import data.rollgate.lib.result

deny contains finding if {
	some group in {"evictionHard", "evictionMinimumReclaim", "evictionSoft"}
	thresholds := input.cluster_object.spec.kubeletConfig[group]
	is_object(thresholds)
	some signal, value in thresholds
	fault := _fault(group, signal, value)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", group, signal]),
		sprintf("%s: the kubelet does not start", [fault]),
	)
}

_fault(_, signal, _) := sprintf("`%s` is no eviction signal", [signal]) if not signal in _signals

_fault(_, signal, value) := sprintf("`%s` is neither a quantity nor a percentage up to 100%%", [value]) if {
	signal in _signals
	is_string(value)
	not regex.match(`^([0-9]{1,2}(\.[0-9]+)?|100)%$`, value)
	not quantity.well_formed(value)
}

# 0% switches a threshold off; a quantity of nothing is refused.
_fault(group, signal, value) := sprintf("`%s` of `%s` is no threshold", [value, signal]) if {
	group in {"evictionHard", "evictionSoft"}
	signal in _signals
	is_string(value)
	quantity.zero(value)
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
