# METADATA
# title: Modules of a removed kernel are left
# description: >-
#   A folder under `/usr/lib/modules` has no `vmlinuz`: its kernel was removed or never came. Its
#   modules load into no kernel, and tools that take each folder for a kernel stumble over it.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove the folder, or the packages that still put modules there (`kernel-modules-extra`,
#     `kmod-*`).
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://github.com/coreos/rpm-ostree/issues/4190
package rollgate.image.leftover_kernel_folder

import data.rollgate.lib.result

deny contains finding if {
	some kernel in input.image.kernels
	not kernel.vmlinuz
	not kernel.in_base
	finding := result.fail(kernel.at, sprintf("folder `%s` has modules and no kernel", [kernel.version]))
}
