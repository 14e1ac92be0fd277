# METADATA
# title: A file of the system is writable by every account
# description: >-
#   The mode of a file or folder under `/usr` lets every account write to it. `/usr` is read-only
#   on a running node, but not while it is updated, in a container that mounts it anew, or after
#   `rpm-ostree usroverlay`.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Take the bit away in the step that sets it: `chmod o-w`.
#   since: 0.1.0
#   tags: [access, hardening]
package rollgate.image.writable_by_all

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"under": ["/usr"], "kinds": ["file", "directory"], "mode_any": 2, "layers": "derived"})
	not _is_sticky(file)
	finding := result.fail(file.at, sprintf("`%s` is writable by every account", [file.path]))
}

_is_sticky(file) if {
	file.kind == "directory"
	bits.and(file.mode, 512) != 0
}
