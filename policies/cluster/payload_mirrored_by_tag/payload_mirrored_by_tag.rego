# METADATA
# title: The release is mirrored by tag only
# description: >-
#   An ImageTagMirrorSet mirrors the repositories of the release. The release names its images by
#   digest, for which nodes do not look into tag mirrors: the mirror is never asked.
# custom:
#   subject: cluster_object
#   kinds: [ImageTagMirrorSet]
#   severity: medium
#   remediation: >-
#     Write an ImageDigestMirrorSet for the repositories of the release.
#   since: 0.1.0
#   tags: [registry]
#   parameters:
#     payload_repositories:
#       description: The repositories of the release's images, where no ClusterVersion tells them.
#       type: array
#       items: {type: string}
#       default: [quay.io/openshift-release-dev/ocp-release, quay.io/openshift-release-dev/ocp-v4.0-art-dev]
#   references:
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_tag_mirror_set.go
package rollgate.cluster.payload_mirrored_by_tag

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	some index, entry in input.cluster_object.spec.imageTagMirrors
	release_image := object.get(input.cluster_object, "release_image", null)
	some repository in scope.payload(release_image, data.parameters.payload_repositories)
	scope.covers(repository, entry.source)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "imageTagMirrors", index, "source"]),
		sprintf("the release's `%s` is pulled by digest: a tag mirror is never asked for it", [repository]),
	)
}
