# METADATA
# title: An operating system image is named without a digest
# description: >-
#   osImageURL or baseOSExtensionsContainerImage names an image by its tag, or by nothing but its
#   repository. The Machine Config Operator warns only in its log. What the tag means can change
#   at any time: nodes of one pool then run different systems, and since the text of the field
#   stays the same, the operator never updates them.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Name the image by its digest, as `registry/repository@sha256:…`; `skopeo inspect` or `oc
#     image info` tells it.
#   since: 0.1.0
#   tags: [image, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.machineconfig.unpinned_image

import data.rollgate.lib.os_image
import data.rollgate.lib.result

deny contains finding if {
	some image in os_image.named_by(input.machine_config)
	image.reference.valid
	not image.reference.digest
	finding := result.fail(image.reference.at, sprintf(
		"%s `%s` has no digest: what it names can change under running nodes",
		[image.field, image.reference.text],
	))
}
