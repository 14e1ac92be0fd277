# METADATA
# title: The arbiters are always updated one by one
# description: >-
#   The pool `arbiter` has a maxUnavailable of more than one node. The Machine Config Operator
#   updates one arbiter at a time whatever it says, as each of them has a vote in etcd.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Remove `maxUnavailable` from the pool `arbiter`.
#   since: 0.1.0
#   tags: [pool, rollout]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/node/node_controller.go
package rollgate.pool.arbiter_max_unavailable

import data.rollgate.lib.result

deny contains finding if {
	input.pool.name == "arbiter"
	limit := input.pool.max_unavailable
	limit.text != "1"
	finding := result.fail(limit.at, sprintf("maxUnavailable `%s` has no effect: arbiters are updated one by one", [limit.text]))
}
