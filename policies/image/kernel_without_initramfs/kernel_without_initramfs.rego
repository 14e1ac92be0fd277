# METADATA
# title: The kernel has no initramfs
# description: >-
#   A folder under `/usr/lib/modules` holds `vmlinuz` and no `initramfs.img`. Packages of the
#   kernel do not bring one: `rpm-ostree` makes it when it replaces the kernel, plain `dnf` and
#   `rpm` do not. The node does not boot.
# custom:
#   subject: image
#   severity: critical
#   remediation: >-
#     Replace the kernel with `rpm-ostree override replace`, or run `dracut --no-hostonly --add
#     ostree` for its version in the same step.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://github.com/bootc-dev/bootc/issues/506
#     - https://github.com/coreos/rpm-ostree/issues/4190
package rollgate.image.kernel_without_initramfs

import data.rollgate.lib.result

deny contains finding if {
	some kernel in input.image.kernels
	kernel.vmlinuz
	not kernel.initramfs
	finding := result.fail(kernel.at, sprintf("kernel `%s` has no `initramfs.img`", [kernel.version]))
}
