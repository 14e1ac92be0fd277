# METADATA
# title: A size is in thousandths of bytes
# description: >-
#   A size ends in a small `m`, which is a thousandth in Kubernetes: `500m` of memory is half a
#   byte. Nothing is reserved, evicted or kept then, or the Machine Config Operator refuses the
#   size.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig, ContainerRuntimeConfig]
#   severity: medium
#   remediation: >-
#     Write `M` for a million bytes, or `Mi` for a mebibyte.
#   since: 0.1.0
#   tags: [kubelet, runtime, syntax]
#   references:
#     - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
package rollgate.cluster.thousandths_of_bytes

import data.rollgate.lib.result

deny contains finding if {
	some path in _sizes
	size := object.get(input.cluster_object.spec, path, "")
	is_string(size)
	regex.match(`^[0-9]{1,15}m$`, size)
	to_number(trim_suffix(size, "m")) < _next_to_nothing
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec"], path)),
		sprintf("`%s` is next to nothing: `m` is a thousandth of a byte", [size]),
	)
}

_sizes contains ["kubeletConfig", "containerLogMaxSize"]

_sizes contains ["containerRuntimeConfig", field] if some field in ["logSizeMax", "overlaySize"]

_sizes contains ["kubeletConfig", field, resource] if {
	some field in ["kubeReserved", "systemReserved"]
	some resource in ["ephemeral-storage", "memory"]
}

_sizes contains ["kubeletConfig", field, sprintf("%s.available", [signal])] if {
	some field in ["evictionHard", "evictionMinimumReclaim", "evictionSoft"]
	some signal in ["allocatableMemory", "containerfs", "imagefs", "memory", "nodefs"]
}

# A megabyte. What is more may be meant: programs write whole numbers of bytes so.
_next_to_nothing := 1000000000
