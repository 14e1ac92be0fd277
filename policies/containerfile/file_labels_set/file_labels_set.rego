# METADATA
# title: SELinux labels of files are set in vain
# description: >-
#   The labels that files have in a layer are not read: a node labels them anew, by the policy of
#   the image.
# custom:
#   subject: containerfile
#   severity: low
#   remediation: >-
#     Say in the policy which label the file has: `semanage fcontext`.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/bootc-dev/bootc/blob/main/crates/ostree-ext/src/tar/write.rs
package rollgate.containerfile.file_labels_set

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	name := containerfile.name(command)
	name in {"chcon", "fixfiles", "restorecon"}
	finding := result.fail(command.at, sprintf("`%s` sets no label that a node has", [name]))
}
