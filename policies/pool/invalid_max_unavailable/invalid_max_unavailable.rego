# METADATA
# title: maxUnavailable is no number of nodes
# description: >-
#   maxUnavailable is a whole number, or a percentage up to 100%. The Machine Config Operator cannot
#   tell how many nodes it may update with anything else, and updates none.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Write `1`, or a percentage such as `"10%"`; a number in quotes is none.
#   since: 0.1.0
#   tags: [pool, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/node/node_controller.go
package rollgate.pool.invalid_max_unavailable

import data.rollgate.lib.result

deny contains finding if {
	limit := input.pool.max_unavailable
	text := limit.text
	not _well_formed(text)
	finding := result.fail(limit.at, sprintf("maxUnavailable `%s` is neither a number of nodes nor a percentage up to 100%%", [text]))
}

_well_formed(text) if regex.match(`^[0-9]{1,9}$`, text)

_well_formed(text) if regex.match(`^([0-9]{1,2}|100)%$`, text)
