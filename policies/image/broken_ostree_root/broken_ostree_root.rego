# METADATA
# title: The root is not one that OSTree deploys
# description: >-
#   A deployment is mounted at `/sysroot`, and `/ostree` leads there. A `COPY` of a whole root, or
#   a step that cleans `/`, takes them away, and the node does not boot.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Leave `/sysroot` an empty folder and `/ostree` a link to `sysroot/ostree`, as in the base.
#   since: 0.1.0
#   references:
#     - "bootc container lint: baseimage-root"
#     - https://bootc-dev.github.io/bootc/bootc-images.html
package rollgate.image.broken_ostree_root

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	some folder in _folders
	path := concat("", [folder, "/sysroot"])
	not _is_directory(path)
	finding := result.fail(input.image.at, sprintf("`%s` is no folder of the image", [path]))
}

deny contains finding if {
	not input.image.extensions
	some folder in _folders
	path := concat("", [folder, "/ostree"])
	not _leads_to_sysroot(path)
	finding := result.fail(input.image.at, sprintf("`%s` is no link to `sysroot/ostree`", [path]))
}

_folders contains ""

# What the base image documents of its own root.
_folders contains _documented if image.file(_documented)

_documented := "/usr/share/doc/bootc/baseimage/base"

_is_directory(path) if image.file(path).kind == "directory"

_leads_to_sysroot(path) if image.file(path).target == "sysroot/ostree"
