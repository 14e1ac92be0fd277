# METADATA
# title: A node is in two custom pools
# description: >-
#   Two custom pools select one node. The Machine Config Operator counts it to neither: the node
#   gets no change, no certificate and no update, until one of the pools lets go of it.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove one of the role labels from the node, or narrow the nodeSelector of a pool.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/helpers/helpers.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.pool.node_in_several_pools

import data.rollgate.lib.result

deny contains finding if {
	some node in input.pool.nodes_elsewhere
	not node.pool
	custom := [name | some name in node.selected_by; not name in {"master", "worker"}]
	finding := result.fail(node.at, sprintf(
		"node `%s` is in the custom pools `%s`: the operator leaves it alone",
		[node.name, concat("`, `", custom)],
	))
}
