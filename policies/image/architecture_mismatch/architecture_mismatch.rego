# METADATA
# title: The image is of another architecture than the nodes
# description: >-
#   Nodes refuse an image of another architecture.
# custom:
#   subject: image
#   needs: [target.architecture]
#   severity: high
#   remediation: >-
#     Build the image for the architecture of the nodes, or name a manifest list.
#   since: 0.1.0
#   tags: [image]
package rollgate.image.architecture_mismatch

import data.rollgate.lib.result

deny contains finding if {
	input.image.architecture != input.target.architecture
	finding := result.fail(
		result.at(input.image.at, ["architecture"]),
		sprintf("the image is for `%s`, and the nodes are `%s`", [input.image.architecture, input.target.architecture]),
	)
}

deny contains finding if {
	not input.image.architecture
	finding := result.fail(
		result.at(input.image.at, ["architecture"]),
		sprintf("the image is for `%s`, which no node is", [input.image.platform_architecture]),
	)
}
