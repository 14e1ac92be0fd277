# METADATA
# title: No node is in the pool
# description: >-
#   Nodes are known, and the custom pool has none of them. What is meant for it reaches no node,
#   which is easily taken for success. The pools that every cluster has may well be empty, as
#   `worker` is where the control plane does all the work.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Give the nodes the role label that the pool selects, or remove the pool.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.pool.without_nodes

import data.rollgate.lib.result

deny contains finding if {
	input.pool.declared
	name := input.pool.name
	not name in {"arbiter", "master", "worker"}
	input.pool.nodes == []
	finding := result.fail(input.pool.at, sprintf("none of the nodes is in the pool `%s`", [name]))
}
