# METADATA
# title: A mirror is its own source
# description: >-
#   A mirror set names as a mirror what it mirrors. Nodes ask the source twice; where they must not
#   ask the source, they do.
# custom:
#   subject: cluster_object
#   kinds: [ImageContentSourcePolicy, ImageDigestMirrorSet, ImageTagMirrorSet]
#   severity: medium
#   remediation: >-
#     Remove the mirror, or correct its name.
#   since: 0.1.0
#   tags: [registry]
#   references:
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_digest_mirror_set.go
package rollgate.cluster.mirror_is_its_source

import data.rollgate.lib.result

deny contains finding if {
	some field in {"imageDigestMirrors", "imageTagMirrors", "repositoryDigestMirrors"}
	some index, entry in input.cluster_object.spec[field]
	some position, mirror in entry.mirrors
	mirror == entry.source
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", field, index, "mirrors", position]),
		sprintf("`%s` is the source that it is to mirror", [mirror]),
	)
}
