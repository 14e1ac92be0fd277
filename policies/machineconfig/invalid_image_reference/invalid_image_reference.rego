# METADATA
# title: An operating system image is not an image reference
# description: >-
#   osImageURL or baseOSExtensionsContainerImage is not a reference to a container image: it has
#   spaces or upper case letters, or its digest is cut short. The Machine Config Operator renders
#   it all the same; each node is then drained, fails to pull the image and stays degraded.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: Write `registry/repository@sha256:` and the 64 digits of the digest.
#   since: 0.1.0
#   tags: [image, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
#     - https://github.com/distribution/reference/blob/main/reference.go
package rollgate.machineconfig.invalid_image_reference

import data.rollgate.lib.os_image
import data.rollgate.lib.result

deny contains finding if {
	some image in os_image.named_by(input.machine_config)
	not image.reference.valid
	finding := result.fail(image.reference.at, sprintf(
		"%s `%s` is not an image reference%s: no node can pull it",
		[image.field, image.reference.text, _because(image.reference)],
	))
}

_because(reference) := sprintf(" (%s)", [reference.fault])

_because(reference) := "" if not reference.fault
