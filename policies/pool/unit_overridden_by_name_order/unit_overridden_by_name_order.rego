# METADATA
# title: A unit is overridden by the order of names
# description: >-
#   Two MachineConfigs of one role write the same part of a unit differently: its text, a drop-in,
#   or whether it is enabled or masked. Only the byte order of their names decides which one
#   counts: `100-site` sorts before `20-site`. Whoever renames one of them changes every node of
#   the pool.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Write that part of the unit in one MachineConfig only.
#   since: 0.1.0
#   tags: [merge, systemd]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.unit_overridden_by_name_order

import data.rollgate.lib.result

deny contains finding if {
	some shadow in input.pool.shadowed_units
	shadow.by_name
	not shadow.same_value
	not shadow.loser_generated
	finding := result.fail(shadow.at, sprintf("%s in MachineConfig `%s` is overridden by `%s`, because that name sorts later", [
		_part(shadow),
		shadow.loser,
		shadow.winner,
	]))
}

_part(shadow) := sprintf("drop-in `%s` of unit `%s`", [shadow.dropin, shadow.unit]) if {
	shadow.dropin
}

else := sprintf("`%s` of unit `%s`", [shadow.field, shadow.unit])
