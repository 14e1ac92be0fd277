# METADATA
# title: An object of the OSTree repository was written anew
# description: >-
#   A layer of the build wrote to an object in `/sysroot/ostree/repo`, as a change in place of a
#   hard-linked file does under overlayfs. The import drops what is in `/sysroot`, or fails: the
#   change does not reach the nodes.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Replace the file instead of changing it in place: copy it, change the copy, and move it over.
#   since: 0.1.0
#   references:
#     - https://github.com/coreos/rpm-ostree/issues/3827
#     - https://github.com/ostreedev/ostree-rs-ext/issues/405
package rollgate.image.modified_ostree_object

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "modified_object"
	finding := result.fail(problem.at, problem.text)
}
