# METADATA
# title: The initramfs is older than its kernel
# description: >-
#   A layer replaces `vmlinuz` of a kernel and not the `initramfs.img` beside it. Modules of the
#   one do not load into the other, and the node may not find its root.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Make the initramfs again in the step that replaces the kernel.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://github.com/coreos/rpm-ostree/issues/4190
package rollgate.image.initramfs_older_than_kernel

import data.rollgate.lib.result

deny contains finding if {
	some kernel in input.image.kernels
	kernel.vmlinuz
	kernel.initramfs_older
	not kernel.in_base
	finding := result.fail(kernel.at, sprintf("`initramfs.img` of kernel `%s` is of an earlier layer than the kernel", [kernel.version]))
}
