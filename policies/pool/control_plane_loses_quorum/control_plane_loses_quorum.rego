# METADATA
# title: An update may take the control plane down
# description: >-
#   maxUnavailable lets so many control plane nodes be away at a time that etcd has no majority. Of
#   three members two must run, of five three; while too many are drained and restart, the API
#   server answers nobody, and a node that fails to come back leaves the cluster without one.
# custom:
#   subject: pool
#   severity: high
#   remediation: Remove maxUnavailable from the pool `master`, or set it to 1.
#   since: 0.1.0
#   tags: [pool, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigController.md
#     - https://etcd.io/docs/v3.5/faq/
package rollgate.pool.control_plane_loses_quorum

import data.rollgate.lib.result
import data.rollgate.lib.rollout

deny contains finding if {
	input.pool.name == "master"
	limit := input.pool.max_unavailable
	rollout.allowed(limit.text, _members) > _most
	finding := result.fail(limit.at, sprintf(
		"maxUnavailable `%s` lets control plane nodes restart together, and etcd lose its quorum",
		[limit.text],
	))
}

# One may always be away: the operator updates no fewer.
_most := max([1, floor((_members - 1) / 2)])

# A control plane has three members where nothing tells of more.
_members := max([3, count(input.pool.nodes)]) if {
	input.pool.nodes
} else := max([3, input.pool.status.machine_count.value]) if {
	input.pool.status.machine_count
} else := 3
