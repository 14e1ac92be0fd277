# METADATA
# title: A source may be reached nowhere
# description: >-
#   A mirror set forbids nodes to ask the source and names no mirror. Nothing can be pulled from it
#   any more.
# custom:
#   subject: cluster_object
#   kinds: [ImageDigestMirrorSet, ImageTagMirrorSet]
#   severity: high
#   remediation: >-
#     Name a mirror, or allow the source with `mirrorSourcePolicy: AllowContactingSource`.
#   since: 0.1.0
#   tags: [registry, availability]
#   references:
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_digest_mirror_set.go
package rollgate.cluster.source_without_mirrors

import data.rollgate.lib.result

deny contains finding if {
	some field in {"imageDigestMirrors", "imageTagMirrors"}
	some index, entry in input.cluster_object.spec[field]
	entry.mirrorSourcePolicy == "NeverContactSource"
	object.get(entry, "mirrors", []) in [[], null]
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", field, index]),
		sprintf("`%v` is never asked and has no mirror: nothing can be pulled from it", [object.get(entry, "source", "")]),
	)
}
