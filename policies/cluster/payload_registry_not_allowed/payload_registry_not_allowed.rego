# METADATA
# title: The registry of the release is not allowed
# description: >-
#   The Image config allows registries by name, and none that the images of the release come from.
#   Everything else is refused: nodes cannot pull what an update or a new node needs, and nothing
#   warns of it.
# custom:
#   subject: cluster_object
#   kinds: [Image]
#   severity: high
#   remediation: >-
#     Add the repositories of the release, the registry of the cluster, and `registry.redhat.io` to
#     `allowedRegistries`.
#   since: 0.1.0
#   tags: [registry, availability]
#   parameters:
#     payload_repositories:
#       description: The repositories of the release's images, where no ClusterVersion tells them.
#       type: array
#       items: {type: string}
#       default: [quay.io/openshift-release-dev/ocp-release, quay.io/openshift-release-dev/ocp-v4.0-art-dev]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/images/image-configuration
package rollgate.cluster.payload_registry_not_allowed

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	allowed := input.cluster_object.spec.registrySources.allowedRegistries
	count(allowed) > 0
	release_image := object.get(input.cluster_object, "release_image", null)
	some repository in scope.payload(release_image, data.parameters.payload_repositories)
	not _covered(allowed, repository)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "registrySources", "allowedRegistries"]),
		sprintf("no entry allows `%s`, from which the release is pulled", [repository]),
	)
}

_covered(allowed, repository) if {
	some entry in allowed
	scope.covers(entry, repository)
}
