# METADATA
# title: A pool selects no MachineConfig
# description: >-
#   A pool has no machineConfigSelector, or one without requirements. The Machine Config
#   Operator does not take it for a selector of everything: it does not render the pool, and
#   its nodes stay as they are.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Select the role: `matchLabels` with `machineconfiguration.openshift.io/role` for
#     `master` or `worker`, for a custom pool `operator: In` with `worker` and the name of
#     the pool.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/render/render_controller.go
package rollgate.pool.empty_selector

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.pool.problems
	problem.kind == "empty_selector"
	finding := result.fail(problem.at, problem.text)
}
