# METADATA
# title: The registry of the release is blocked
# description: >-
#   The Image config blocks the repository that the images of the release come from, and no mirror
#   set stands in for it. Nodes cannot pull what an update or a new node needs; the Machine Config
#   Operator leaves the entry out and reports an error.
# custom:
#   subject: cluster_object
#   kinds: [Image]
#   severity: high
#   remediation: >-
#     Remove the entry, or give the input the mirror set that stands in for the repository.
#   since: 0.1.0
#   tags: [registry, availability]
#   parameters:
#     payload_repositories:
#       description: The repositories of the release's images, where no ClusterVersion tells them.
#       type: array
#       items: {type: string}
#       default: [quay.io/openshift-release-dev/ocp-release, quay.io/openshift-release-dev/ocp-v4.0-art-dev]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/images/image-configuration
package rollgate.cluster.payload_registry_blocked

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	some index, blocked in input.cluster_object.spec.registrySources.blockedRegistries
	release_image := object.get(input.cluster_object, "release_image", null)
	some repository in scope.payload(release_image, data.parameters.payload_repositories)
	scope.covers(blocked, repository)
	not _mirrored(repository)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "registrySources", "blockedRegistries", index]),
		sprintf("`%s` is blocked, from which the release's `%s` is pulled", [blocked, repository]),
	)
}

_mirrored(repository) if {
	some source in input.cluster_object.mirrored_sources
	scope.covers(source, repository)
}
