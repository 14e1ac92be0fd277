# METADATA
# title: A control plane node is in a custom pool
# description: >-
#   A custom pool selects a node of the control plane. The Machine Config Operator counts the node
#   to `master` all the same: nothing of the custom pool reaches it.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Remove the role label of the custom pool from the node, or narrow the nodeSelector of the
#     pool.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/helpers/helpers.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.pool.control_plane_node_in_custom_pool

import data.rollgate.lib.result

deny contains finding if {
	name := input.pool.name
	not name in {"arbiter", "master", "worker"}
	some node in input.pool.nodes_elsewhere
	node.pool == "master"
	finding := result.fail(node.at, sprintf(
		"node `%s` stays in the pool `master`, although `%s` selects it too",
		[node.name, name],
	))
}
