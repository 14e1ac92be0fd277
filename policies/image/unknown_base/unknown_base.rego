# METADATA
# title: Nothing tells which layers are those of the base
# description: >-
#   The label `ostree.final-diffid` names a layer that the image does not have, as after layers were
#   squashed or the base was compressed anew. The import of rpm-ostree looks for that layer and
#   refuses the image, and what was added on top of the base cannot be told from the base.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Build the image without squashing the layers of its base, or remove the label together with
#     the repository of ostree.
#   since: 0.1.0
#   references:
#     - https://github.com/ostreedev/ostree-rs-ext
package rollgate.image.unknown_base

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "unknown_base"
	finding := result.fail(problem.at, problem.text)
}
