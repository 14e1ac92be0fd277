# METADATA
# title: A hard link joins folders that are imported apart
# description: >-
#   A hard link leads from one top-level folder into another, or into `/sysroot`. The import treats
#   `/usr`, `/etc`, `/var` and `/sysroot` apart, so that the link finds nothing there and the
#   import fails.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Write the file anew instead of linking it (`cp --reflink=never`), and do not work in
#     `/sysroot`.
#   since: 0.1.0
#   references:
#     - https://github.com/coreos/rpm-ostree/issues/4820
#     - https://github.com/ostreedev/ostree-rs-ext/issues/408
#     - https://github.com/bootc-dev/bootc/issues/637
package rollgate.image.hard_link_across_folders

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "hard_link_across_folders"
	finding := result.fail(problem.at, problem.text)
}
