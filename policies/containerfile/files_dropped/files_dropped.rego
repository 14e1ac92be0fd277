# METADATA
# title: Files are put where no node gets them from
# description: >-
#   What an image has under /boot, /run, /tmp, /proc, /sys and /dev is left out when a node imports
#   it.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Put files that nodes need elsewhere; what only the build needs can be mounted: `RUN
#     --mount=type=bind`.
#   since: 0.1.0
#   tags: [filesystem, layering]
#   references:
#     - https://github.com/bootc-dev/bootc/blob/main/crates/ostree-ext/src/tar/write.rs
package rollgate.containerfile.files_dropped

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some index, instruction in _instructions
	path := instruction.destination
	regex.match(`^/(boot|dev|proc|run|sys|tmp|var/tmp)(/|$)`, path)
	not _used_later(path, index)
	finding := result.fail(instruction.at, sprintf("nothing of `%s` reaches a node", [path]))
}

_instructions := containerfile.instructions(input.containerfile)

# What only the build needs may stand where nodes do not get it from.
_used_later(path, index) if {
	regex.match(`^/(run|tmp|var/tmp)(/|$)`, path)
	some later in array.slice(_instructions, index + 1, count(_instructions))
	contains(later.text, trim_right(path, "/"))
}
