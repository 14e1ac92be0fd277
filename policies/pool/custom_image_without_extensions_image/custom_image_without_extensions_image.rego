# METADATA
# title: A custom OS image comes without its extensions image
# description: >-
#   The pool replaces the OS image and asks for extensions or another kernel, but leaves the image
#   that these come from to the release. Their packages must match the kernel and libraries of the
#   OS image exactly; at the next upgrade of the cluster the one stays and the other moves on, and
#   nodes fail to update.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Build the packages into the custom image, or set `baseOSExtensionsContainerImage` to the
#     extensions image of the same build.
#   since: 0.1.0
#   tags: [image, extensions]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.pool.custom_image_without_extensions_image

import data.rollgate.lib.result

deny contains finding if {
	image := input.pool.os_image_url
	not input.pool.base_os_extensions_container_image
	count(_layered) > 0
	message := sprintf("osImageURL is replaced, but not the extensions image from which `%s` would come", [concat("`, `", _layered)])
	finding := result.fail(image.at, message)
}

_layered contains extension.text if some extension in input.pool.extensions

_layered contains kernel_type if {
	kernel_type := input.pool.kernel_type.text
	kernel_type != "default"
}
