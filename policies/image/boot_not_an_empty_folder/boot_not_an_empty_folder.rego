# METADATA
# title: "`/boot` is not an empty folder"
# description: >-
#   On a node, the boot partition is mounted over `/boot`: it has to be there, and what an image
#   puts into it is hidden. The kernel and its initramfs are taken from `/usr/lib/modules`.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Keep the folder and remove what is in it; install kernels through their packages.
#   since: 0.1.0
#   references:
#     - "bootc container lint: nonempty-boot"
package rollgate.image.boot_not_an_empty_folder

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	not _is_directory("/boot")
	finding := result.fail(input.image.at, "`/boot` is no folder of the image")
}

deny contains finding if {
	some file in image.files({"globs": ["/boot/*"]})
	file.path != "/boot/EFI"
	finding := result.fail(file.at, sprintf("`%s` is hidden on nodes by what is mounted at `/boot`", [file.path]))
}

_is_directory(path) if image.file(path).kind == "directory"
