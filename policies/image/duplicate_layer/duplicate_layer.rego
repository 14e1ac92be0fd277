# METADATA
# title: A layer stands twice in the image
# description: >-
#   The manifest names one layer twice. The import refuses such an image.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Rebuild the image so that no step repeats another with the same result, or squash its own
#     layers.
#   since: 0.1.0
#   references:
#     - https://github.com/ostreedev/ostree-rs-ext
package rollgate.image.duplicate_layer

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "duplicate_layer"
	finding := result.fail(problem.at, problem.text)
}
