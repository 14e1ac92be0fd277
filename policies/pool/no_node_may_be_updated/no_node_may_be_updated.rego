# METADATA
# title: So many nodes are away that none may be updated
# description: >-
#   As many nodes of the pool are not ready, or cordoned, as maxUnavailable lets be away. The
#   Machine Config Operator updates no other node until they are back: the change would not get
#   anywhere.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Bring the nodes back first, or raise `maxUnavailable`.
#   since: 0.1.0
#   tags: [pool, rollout]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/node/node_controller.go
package rollgate.pool.no_node_may_be_updated

import data.rollgate.lib.result
import data.rollgate.lib.rollout

deny contains finding if {
	nodes := input.pool.nodes
	gone := [node.name | some node in nodes; rollout.away(node)]
	count(gone) < count(nodes)
	count(gone) >= rollout.allowed(_limit, count(nodes))
	finding := result.fail(input.pool.at, sprintf(
		"%d of %d nodes are away (`%s`), and pool `%s` lets no more be",
		[count(gone), count(nodes), concat("`, `", array.slice(gone, 0, 5)), input.pool.name],
	))
}

_limit := input.pool.max_unavailable.text if {
	input.pool.max_unavailable
} else := "1"
