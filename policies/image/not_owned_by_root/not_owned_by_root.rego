# METADATA
# title: A file of the system belongs to another account
# description: >-
#   A file or folder under `/usr` has an owner or group that is not root, as `COPY` from a build
#   with another user leaves it, and no package wants it so. The account may change it where `/usr`
#   can be written; and its number may be another account's on the node.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Give it to root in the step that adds it: `COPY --chown=0:0`, `chown -R root:root`.
#   since: 0.1.0
#   tags: [access]
package rollgate.image.not_owned_by_root

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({
		"under": ["/usr"],
		"kinds": ["file", "directory"],
		"not_root": true,
		"layers": "derived",
		"owned": false,
	})
	finding := result.fail(file.at, sprintf("`%s` belongs to user %d and group %d", [file.path, file.uid, file.gid]))
}
