# METADATA
# title: A file is overridden by the order of names
# description: >-
#   Two MachineConfigs of one role write the same file with different contents, and only the byte
#   order of their names decides which one counts: `100-site` sorts before `20-site`. Whoever
#   renames one of them changes every node of the pool.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Write the file in one MachineConfig only.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.file_overridden_by_name_order

import data.rollgate.lib.result

deny contains finding if {
	some shadow in input.pool.shadowed_files
	shadow.by_name
	not shadow.same_contents
	not shadow.loser_generated
	message := sprintf("file `%s` of MachineConfig `%s` is overridden by `%s`, because that name sorts later", [
		shadow.path,
		shadow.loser,
		shadow.winner,
	])
	finding := result.fail(shadow.at, message)
}
