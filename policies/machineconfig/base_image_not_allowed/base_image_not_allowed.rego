# METADATA
# title: The operating system image is not one of those that are allowed
# description: >-
#   osImageURL names an image that is not on the site's list of images, each a repository or one
#   image of it by its digest. An image that nobody has approved may lack the fixes, the
#   configuration or the agents that every node of the site has to have. By default every image is
#   allowed.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Name an image that is allowed, or have this one approved and add it to the parameter
#     `allowed_base_images`.
#   since: 0.1.0
#   tags: [image, layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
#   parameters:
#     allowed_base_images:
#       description: Repositories as `quay.io/example/os`, or images as `quay.io/example/os@sha256:…`; `*` allows all
#       type: array
#       items: {type: string, minLength: 1}
#       default: ["*"]
package rollgate.machineconfig.base_image_not_allowed

import data.rollgate.lib.os_image
import data.rollgate.lib.result

deny contains finding if {
	image := input.machine_config.os_image_url
	image.valid
	not _allowed(image)
	finding := result.fail(image.at, sprintf("osImageURL `%s` is not an image that is allowed", [image.text]))
}

_allowed(image) if {
	some entry in data.parameters.allowed_base_images
	entry in {"*", os_image.repository(image)}
}

_allowed(image) if {
	pinned := concat("@", [os_image.repository(image), image.digest])
	pinned in data.parameters.allowed_base_images
}
