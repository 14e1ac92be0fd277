# METADATA
# title: An additional store is refused
# description: >-
#   The additional layer, image and artifact stores of a ContainerRuntimeConfig are absolute paths,
#   each once: at most five of layers, and ten of each other kind. The API server refuses others.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Give each store a clean absolute path, and remove those that are too many.
#   since: 0.1.0
#   tags: [runtime]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types.go
package rollgate.cluster.invalid_additional_store

import data.rollgate.lib.result

deny contains finding if {
	some field, most in _stores
	stores := input.cluster_object.spec.containerRuntimeConfig[field]
	some index, store in stores
	fault := _fault(store.path, index, stores, most)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", field, index]),
		sprintf("store `%v` %s", [store.path, fault]),
	)
}

_fault(path, _, _, _) := "is no clean absolute path of at most 256 characters" if not _clean(path)

_fault(path, index, stores, _) := "is listed twice" if {
	some earlier, store in stores
	earlier < index
	store.path == path
}

_fault(_, index, _, most) := sprintf("is more than the %d that are taken", [most]) if index == most

_clean(path) if {
	regex.match(`^/[a-zA-Z0-9/._-]{1,255}$`, path)
	not contains(path, "//")
}

_stores := {
	"additionalArtifactStores": 10,
	"additionalImageStores": 10,
	"additionalLayerStores": 5,
}
