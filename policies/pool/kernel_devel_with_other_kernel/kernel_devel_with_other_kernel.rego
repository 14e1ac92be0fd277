# METADATA
# title: kernel-devel is asked for with another kernel
# description: >-
#   The pool asks for the extension `kernel-devel` and for a kernel other than the default. The
#   headers would belong to a kernel that does not run, so the Machine Config Operator refuses to
#   render the pool.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove the extension, or stay with the default kernel in this pool.
#   since: 0.1.0
#   tags: [kernel, extensions]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.kernel_devel_with_other_kernel

import data.rollgate.lib.result

deny contains finding if {
	some extension in input.pool.extensions
	extension.text == "kernel-devel"
	kernel_type := input.pool.kernel_type.text
	kernel_type != "default"
	message := sprintf("extension `kernel-devel` is not supported with kernel type `%s`", [kernel_type])
	finding := result.fail(extension.at, message)
}
