# METADATA
# title: The image that is built on is not known
# description: >-
#   FROM rests on an argument that has no default. What the image is built on is known only to
#   whoever builds it, so nothing here says what nodes will run. A build in the cluster takes no
#   arguments and fails.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Give the argument a default, or name the image.
#   since: 0.1.0
#   tags: [layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.unknown_base

import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	contains(stage.from, "$")
	not stage.image
	not stage.from_stage
	finding := result.fail(stage.at, sprintf("`%s` rests on an argument without a default", [stage.from]))
}
