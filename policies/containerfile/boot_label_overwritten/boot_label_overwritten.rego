# METADATA
# title: A label by which nodes know the image is overwritten
# description: >-
#   Nodes and the Machine Config Operator tell by labels of the base image that an image can be
#   booted, and which of its layers are the base. An image without them, or with others, is refused.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Leave the label as the base image has it.
#   since: 0.1.0
#   tags: [image, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.boot_label_overwritten

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	instruction.keyword == "LABEL"
	some pair in instruction.pairs
	regex.match(`^(containers\.bootc|ostree\.bootable)=`, pair.text)
	not regex.match(`=(1|true)$`, pair.text)
	finding := result.fail(pair.at, sprintf("label `%s` keeps nodes from taking the image", [pair.text]))
}

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	instruction.keyword == "LABEL"
	some pair in instruction.pairs
	some found in regex.find_n(`^ostree\.(commit|final-diffid|linux)`, pair.text, 1)
	finding := result.fail(pair.at, sprintf("label `%s` is the base image's", [found]))
}
