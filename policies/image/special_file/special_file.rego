# METADATA
# title: A device or FIFO is in a layer
# description: >-
#   A layer holds a device node or a FIFO. The import takes regular files, directories and symbolic
#   links, and fails at anything else.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Leave it out of the image; let `tmpfiles.d` or `udev` make it on the node.
#   since: 0.1.0
#   references:
#     - https://github.com/ostreedev/ostree-rs-ext
package rollgate.image.special_file

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "special_file"
	finding := result.fail(problem.at, problem.text)
}
