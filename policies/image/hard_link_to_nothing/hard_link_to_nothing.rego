# METADATA
# title: A hard link leads to nothing
# description: >-
#   A hard link names a file that no layer up to its own holds. The import fails with `Failed to
#   find object`, and the node stays on what it runs.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Rebuild the layer in a single stage; copy files instead of linking them.
#   since: 0.1.0
#   references:
#     - https://github.com/bootc-dev/bootc/issues/1126
#     - https://github.com/ostreedev/ostree-rs-ext/issues/405
package rollgate.image.hard_link_to_nothing

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "hard_link_to_nothing"
	finding := result.fail(problem.at, problem.text)
}
