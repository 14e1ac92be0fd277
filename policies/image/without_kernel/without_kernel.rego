# METADATA
# title: The image has no kernel
# description: >-
#   No folder under `/usr/lib/modules` holds `vmlinuz`. The deployment of the image fails, or the
#   node does not boot: a step has removed the kernel, or the image is no operating system.
# custom:
#   subject: image
#   severity: critical
#   remediation: >-
#     Build from the OS image of the release (`oc adm release info --image-for=rhel-coreos`), and
#     keep its kernel or replace it.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://bootc-dev.github.io/bootc/bootc-images.html
package rollgate.image.without_kernel

import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	bootable := [kernel | some kernel in input.image.kernels; kernel.vmlinuz]
	count(bootable) == 0
	finding := result.fail(input.image.at, "no kernel is in `/usr/lib/modules`")
}
