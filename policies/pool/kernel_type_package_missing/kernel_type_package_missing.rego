# METADATA
# title: The extensions image lacks the kernel that the pool asks for
# description: >-
#   Nodes install the kernel of `kernelType` from the extensions image. It does not have all
#   packages of that kernel, so that rpm-ostree fails on the node and the pool is degraded.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Name the extensions image that belongs to the operating system image, or leave `kernelType`
#     out.
#   since: 0.1.0
#   tags: [extensions, image, kernel, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/daemon/update.go
package rollgate.pool.kernel_type_package_missing

import data.rollgate.lib.result

deny contains finding if {
	offered := object.get(input.pool.extensions_image, "extensions", {})
	kernel_type := input.pool.kernel_type
	some name in data.rollgate_tables.kernel_types[kernel_type.text].packages
	not offered[name]
	finding := result.fail(kernel_type.at, sprintf(
		"kernel type `%s` installs `%s`, which `%s` does not have",
		[kernel_type.text, name, input.pool.extensions_image.reference],
	))
}
