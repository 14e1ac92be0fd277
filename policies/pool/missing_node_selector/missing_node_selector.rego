# METADATA
# title: A pool selects no node because it has no selector
# description: >-
#   A pool without a nodeSelector, or with an empty one, has no nodes: for the Machine Config
#   Operator it selects nothing, not everything. What it brings reaches no node.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Add a `nodeSelector`, such as the label `node-role.kubernetes.io/infra`.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/helpers/helpers.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.pool.missing_node_selector

import data.rollgate.lib.result

deny contains finding if {
	selector := input.pool.node_selector
	count(selector.requirements) == 0
	finding := result.fail(selector.at, sprintf("pool `%s` has no node selector: no node is in it", [input.pool.name]))
}
