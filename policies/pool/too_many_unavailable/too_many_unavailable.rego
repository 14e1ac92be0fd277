# METADATA
# title: An update takes too many nodes away at once
# description: >-
#   maxUnavailable lets so large a share of the pool be drained and restarted together that what
#   runs on it finds no place elsewhere, or is gone. A fault of the change then hits them all.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Lower `maxUnavailable`; large pools are well served with 10%.
#   since: 0.1.0
#   tags: [pool, availability]
#   parameters:
#     max_unavailable_nodes:
#       description: How many nodes of a pool may be away at once; 0 for any number.
#       type: integer
#       minimum: 0
#       default: 0
#     max_unavailable_percent:
#       description: How many percent of a pool may be away at once.
#       type: integer
#       minimum: 1
#       maximum: 100
#       default: 50
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/node/node_controller.go
package rollgate.pool.too_many_unavailable

import data.rollgate.lib.result
import data.rollgate.lib.rollout

deny contains finding if {
	name := input.pool.name
	not name in {"arbiter", "master"} # each has a rule of its own
	limit := input.pool.max_unavailable
	_share > data.parameters.max_unavailable_percent
	finding := result.fail(limit.at, sprintf("maxUnavailable `%s` lets %v%% of the nodes be away at once", [limit.text, floor(_share)]))
}

deny contains finding if {
	name := input.pool.name
	not name in {"arbiter", "master"}
	limit := input.pool.max_unavailable
	most := data.parameters.max_unavailable_nodes
	most > 0
	nodes := _nodes(limit.text)
	nodes > most
	finding := result.fail(limit.at, sprintf("maxUnavailable `%s` lets %v nodes be away at once, and %v may be", [limit.text, nodes, most]))
}

# A number says it by itself, a percentage only with the size of the pool.
_nodes(text) := rollout.allowed(text, 0) if not endswith(text, "%")

_nodes(text) := rollout.allowed(text, _count) if endswith(text, "%")

_share := to_number(trim_suffix(text, "%")) if {
	text := input.pool.max_unavailable.text
	regex.match(`^[0-9]{1,3}%$`, text)
}

_share := min([100, (to_number(text) * 100) / _count]) if {
	text := input.pool.max_unavailable.text
	regex.match(`^[0-9]{1,9}$`, text)
	to_number(text) > 1
	_count > 0
}

_count := count(input.pool.nodes) if {
	input.pool.nodes
} else := input.pool.status.machine_count.value
