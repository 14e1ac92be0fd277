# METADATA
# title: The default kernel does not replace another
# description: >-
#   A MachineConfig asks for the kernel type `default`, and another of the pool for a kernel
#   of its own. `default` counts as nothing said: a custom pool cannot leave the kernel that
#   its worker MachineConfigs ask for.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Remove the other kernel type from the MachineConfigs that the pool selects; move it
#     to a pool of its own.
#   since: 0.1.0
#   tags: [kernel, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/common/helpers.go
package rollgate.pool.kernel_type_not_undone

import data.rollgate.lib.member
import data.rollgate.lib.result

deny contains finding if {
	pool := input.pool
	wins := input.pool.kernel_type
	some other in input.pool.kernel_types
	other.text == "default"
	wins.text != "default"
	not member.generated(pool, other.at) # it writes it into everything
	finding := result.fail(other.at, sprintf("kernel type `default` has no effect in pool `%s`, which gets `%s`", [input.pool.name, wins.text]))
}
