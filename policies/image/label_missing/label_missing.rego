# METADATA
# title: The image lacks a label by which nodes know that it boots
# description: >-
#   rpm-ostree and bootc take only images that say by a label that they can be booted; the rebase of
#   the node fails, and the pool is degraded.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Build on an image that has the labels, and leave them as they are.
#   since: 0.1.0
#   tags: [image]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/osimagestream/image_data.go
package rollgate.image.label_missing

import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	some label in {"containers.bootc", "ostree.bootable"}
	not input.image.labels[label] in {"1", "true"}
	finding := result.fail(
		result.at(input.image.at, ["config", "Labels", label]),
		sprintf("label `%s` is not set", [label]),
	)
}
