# METADATA
# title: Mirrors stand in a kind that is deprecated
# description: >-
#   ImageContentSourcePolicy is deprecated since 4.13 and will be gone in a later release.
#   ImageDigestMirrorSet says the same, and whether nodes may ask the source itself.
# custom:
#   subject: cluster_object
#   kinds: [ImageContentSourcePolicy]
#   severity: low
#   remediation: >-
#     Convert it with `oc adm migrate icsp`, apply what that writes, and delete the old
#     object.
#   since: 0.1.0
#   tags: [registry, strict, upgrade]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/images/image-configuration
package rollgate.cluster.superseded_mirror_policy

import data.rollgate.lib.result

deny contains finding if {
	object_at := input.cluster_object.at
	finding := result.fail(object_at, sprintf(
		"ImageContentSourcePolicy `%s` is of a kind that ImageDigestMirrorSet replaces",
		[input.cluster_object.name],
	))
}
