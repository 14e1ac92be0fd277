# METADATA
# title: A file of a package was changed
# description: >-
#   A layer changes a file under `/usr` that a package installed: its contents, mode, owner or
#   capabilities. The package no longer is what was tested and signed, its next version undoes the
#   change in silence, and `rpm --verify` fails on every node.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Use what the program offers for it: drop-ins, a file under `/etc`, or a package of your own
#     that replaces it.
#   since: 0.1.0
#   tags: [packages]
#   references:
#     - https://rpm.org/docs/latest/man/rpm.8.html
package rollgate.image.modified_vendor_file

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"under": ["/usr"], "layers": "derived", "modified": true})
	not _of_another_rule(file.path)
	finding := result.fail(file.at, sprintf("`%s` of package `%s` was changed: %s", [
		file.path,
		concat("`, `", file.packages),
		concat(", ", file.modified),
	]))
}

_of_another_rule(path) if endswith(path, ".pyc")

# Each installation of a kernel makes them anew.
_of_another_rule(path) if regex.match(`^/usr/lib/modules/[^/]+/(initramfs[.]img|modules[.][^/]+)$`, path)
