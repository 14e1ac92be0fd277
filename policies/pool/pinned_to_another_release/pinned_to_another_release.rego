# METADATA
# title: The pool is pinned to the image of another release
# description: >-
#   osImageURL names an image out of the repository of the release, but not the one of this release.
#   The operating system stays behind while the cluster upgrades; kubelet and operating system grow
#   apart, until nodes no longer join.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove `osImageURL`, or build your own image from the one of this release.
#   since: 0.1.0
#   tags: [image, upgrade]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.pool.pinned_to_another_release

import data.rollgate.lib.result

deny contains finding if {
	image := input.pool.os_image_url
	release := input.pool.release_os_image
	image.registry == release.registry
	image.repository == release.repository
	image.digest != release.digest
	finding := result.fail(image.at, sprintf(
		"osImageURL is an image of another release: this one has `%s`",
		[release.digest],
	))
}
