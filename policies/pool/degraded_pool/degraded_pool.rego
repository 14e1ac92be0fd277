# METADATA
# title: The pool is degraded already
# description: >-
#   The Machine Config Operator reports that it cannot render the pool or update a node of it. A
#   change on top reaches only some nodes, or none, until the fault is mended; the cluster does not
#   upgrade meanwhile.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Mend what the condition tells first. If this change is what mends it, record a waiver.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigController.md
package rollgate.pool.degraded_pool

import data.rollgate.lib.result

deny contains finding if {
	some condition in input.pool.status.conditions
	condition.kind in {"Degraded", "NodeDegraded", "RenderDegraded"}
	condition.status == "True"
	finding := result.fail(condition.at, sprintf(
		"pool `%s` is degraded already: %s",
		[input.pool.name, substring(object.get(condition, "message", condition.kind), 0, 200)],
	))
}
