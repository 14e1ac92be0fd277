# METADATA
# title: An update may take the control plane down
# description: >-
#   maxUnavailable lets more than one control plane node be away at a time. Of three etcd members
#   two must run; while the second is drained and restarts, the API server answers nobody, and a
#   node that fails to come back leaves the cluster without one.
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

deny contains finding if {
	input.pool.name == "master"
	limit := input.pool.max_unavailable
	_several(limit.text)
	finding := result.fail(limit.at, sprintf(
		"maxUnavailable `%s` lets control plane nodes restart together, and etcd lose its quorum",
		[limit.text],
	))
}

_several(text) if {
	regex.match(`^[0-9]{1,9}$`, text)
	to_number(text) > 1
}

# Of three nodes; the operator rounds down.
_several(text) if {
	regex.match(`^[0-9]{1,9}%$`, text)
	to_number(trim_suffix(text, "%")) >= 67
}
