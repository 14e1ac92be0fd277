# METADATA
# title: The image is built on another build than the release has
# description: >-
#   The version label tells of which build of RHEL CoreOS the image is, and the release ships
#   another: nodes of this image lack the fixes of the release, or run ahead of it. The operator
#   never updates an image that a MachineConfig names.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Build the image again on the image of the release.
#   since: 0.1.0
#   tags: [image, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.image.base_behind_release

import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	some label in {"org.opencontainers.image.version", "version"}
	has := input.image.labels[label]
	ships := input.image.release_image.labels[label]
	has != ships
	finding := result.fail(
		result.at(input.image.at, ["config", "Labels", label]),
		sprintf("the image is of build `%s`, and the release ships `%s`", [has, ships]),
	)
}
