# METADATA
# title: An image policy takes over the images of the release
# description: >-
#   A scope of the policy covers the repositories of the release, whose images Red Hat signs. Where
#   the policy's root of trust does not verify them, nodes refuse the release's images: no node
#   updates or starts any more. The release brings its own policy for them, `openshift`.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy]
#   severity: high
#   remediation: >-
#     Narrow the scope to your own repositories. List the policy in the parameter `payload_policies`
#     if it verifies the release.
#   since: 0.1.0
#   tags: [signature, registry, availability]
#   parameters:
#     payload_repositories:
#       description: The repositories of the release's images, where no ClusterVersion tells them.
#       type: array
#       items: {type: string}
#       default: [quay.io/openshift-release-dev/ocp-release, quay.io/openshift-release-dev/ocp-v4.0-art-dev]
#     payload_policies:
#       description: The names of policies that verify the images of the release.
#       type: array
#       items: {type: string}
#       default: [openshift]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/nodes/nodes-sigstore-using
#     - https://github.com/openshift/api/blob/master/config/v1/types_cluster_image_policy.go
package rollgate.cluster.payload_scope_taken

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	name := input.cluster_object.name
	trusted := data.parameters.payload_policies
	not name in trusted
	some index, covering in input.cluster_object.spec.scopes
	release_image := object.get(input.cluster_object, "release_image", null)
	some repository in scope.payload(release_image, data.parameters.payload_repositories)
	scope.covers(covering, repository)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "scopes", index]),
		sprintf("scope `%s` covers the release's `%s`: nodes refuse it unless this policy verifies it", [covering, repository]),
	)
}
