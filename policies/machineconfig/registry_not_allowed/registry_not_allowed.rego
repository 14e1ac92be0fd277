# METADATA
# title: An operating system image comes from a registry that is not allowed
# description: >-
#   osImageURL or baseOSExtensionsContainerImage names an image in a registry, or in a part of one,
#   that is not on the site's list. Whoever can push there decides what the nodes run, as root and
#   below every other control of the cluster. By default every registry is allowed.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Mirror the image to a registry that is allowed and name it there, or extend the parameter
#     `allowed_registries`.
#   since: 0.1.0
#   tags: [image, layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
#   parameters:
#     allowed_registries:
#       description: Registries, or parts of one as `quay.io/example`; `*` allows all
#       type: array
#       items: {type: string, minLength: 1}
#       default: ["*"]
package rollgate.machineconfig.registry_not_allowed

import data.rollgate.lib.os_image
import data.rollgate.lib.result

deny contains finding if {
	some image in os_image.named_by(input.machine_config)
	image.reference.valid
	not _allowed(image.reference)
	finding := result.fail(image.reference.at, sprintf(
		"%s `%s` comes from a registry that is not allowed",
		[image.field, image.reference.text],
	))
}

_allowed(reference) if {
	some entry in data.parameters.allowed_registries
	os_image.within(reference, entry)
}
