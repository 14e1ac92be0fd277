# METADATA
# title: kernelType is not a kernel type
# description: >-
#   kernelType is none of the values that the Machine Config Operator knows. Rendering fails, and
#   the whole pool stops: no other change reaches its nodes either.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: Use `default`, `realtime` or `64k-pages`.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.invalid_kernel_type

import data.rollgate.lib.result

deny contains finding if {
	kernel_type := input.machine_config.kernel_type
	known := object.keys(data.rollgate_tables.kernel_types)
	not kernel_type.text in known
	names := concat(", ", [sprintf("`%s`", [name]) | some name in known])
	finding := result.fail(kernel_type.at, sprintf("kernelType `%s` is not one of %s", [kernel_type.text, names]))
}
