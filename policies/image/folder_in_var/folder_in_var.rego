# METADATA
# title: Something in `/var` is made by the image alone
# description: >-
#   A folder or link in `/var` has no line in `tmpfiles.d`. `/var` of an image is written when a
#   node is installed, and never again: nodes that run already, and get the image as an update, do
#   not have it.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Add a line to `/usr/lib/tmpfiles.d` that makes it (`d /var/lib/example 0755 root root`).
#   since: 0.1.0
#   references:
#     - "bootc container lint: var-tmpfiles"
#     - https://bootc-dev.github.io/bootc/filesystem.html
package rollgate.image.folder_in_var

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({
		"under": ["/var"],
		"kinds": ["directory", "link"],
		"layers": "derived",
		"in_tmpfiles": false,
	})
	not file.path in _everywhere
	not _is_leftover(file.path)
	finding := result.fail(file.at, sprintf("`%s` is in the image, and no line of `tmpfiles.d` makes it", [file.path]))
}

# What every node has, whoever made it.
_everywhere := {"/var/cache", "/var/lib", "/var/log", "/var/run", "/var/tmp"}

_is_leftover(path) if {
	some folder, _ in data.rollgate_tables.build_leftovers.folders
	startswith(concat("", [path, "/"]), concat("", [folder, "/"]))
}
