# METADATA
# title: Two kernels are in one image
# description: >-
#   Two folders under `/usr/lib/modules` hold a kernel that boots, as `dnf install kernel` without
#   removing the old one leaves them. An image has one kernel: the deployment refuses two, or takes
#   one of them at random.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Remove the kernel that is not meant, with its packages: `rpm-ostree override replace`, or
#     `dnf remove` of the old one in the same step.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - "bootc container lint: kernel"
package rollgate.image.several_kernels

import data.rollgate.lib.result

deny contains finding if {
	bootable := [kernel | some kernel in input.image.kernels; kernel.vmlinuz]
	count(bootable) > 1
	versions := [kernel.version | some kernel in bootable]
	finding := result.fail(bootable[1].at, sprintf("kernels `%s` are in one image", [concat("` and `", versions)]))
}
