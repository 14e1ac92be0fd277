# METADATA
# title: An image comes from a registry that is not allowed
# description: >-
#   A Containerfile takes something from an image of a registry, or a part of one, that is not on
#   the list of the site. By default every registry is allowed.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Take it from an image that is allowed, or add the registry to the parameter
#     `allowed_build_images`.
#   since: 0.1.0
#   tags: [image, layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
#   parameters:
#     allowed_build_images:
#       description: Registries, or parts of them as `quay.io/example`; `*` allows all
#       type: array
#       items: {type: string, minLength: 1}
#       default: ["*"]
package rollgate.containerfile.image_not_allowed

import data.rollgate.lib.os_image
import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.image.valid
	not _allowed(stage.image)
	finding := result.fail(stage.at, sprintf("image `%s` is not from where images are allowed", [stage.image.text]))
}

_allowed(image) if {
	some entry in data.parameters.allowed_build_images
	os_image.within(image, entry)
}
