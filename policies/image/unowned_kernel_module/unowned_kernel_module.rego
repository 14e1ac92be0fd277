# METADATA
# title: A kernel module comes from no package
# description: >-
#   A module lies in the folder of a kernel, and no package owns it. Nothing says what it was built
#   from and for which kernel, and no update brings the next one: after a kernel update it is not
#   there, or does not load.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Package it as a `kmod` that requires the symbols of its kernel, and rebuild it with each
#     kernel.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/managing_monitoring_and_updating_the_kernel/index
package rollgate.image.unowned_kernel_module

import data.rollgate.lib.result

deny contains finding if {
	some kernel in input.image.kernels
	not kernel.in_base
	some module in kernel.unowned_modules
	finding := result.fail(module.at, sprintf("module `%s` is owned by no package", [module.text]))
}
