# METADATA
# title: A generated file is overridden
# description: >-
#   A MachineConfig overrides a file that the operator's own controllers generate from an object
#   such as a ContainerRuntimeConfig. From then on a change to that object reaches no node of the
#   pool, and nothing says so.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Change the object from which the file is generated, and remove the file from the
#     MachineConfig.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.generated_file_overridden

import data.rollgate.lib.result

deny contains finding if {
	some shadow in input.pool.shadowed_files
	shadow.loser_generated
	not shadow.same_contents
	not shadow.winner in _generated
	not _owned_by_templates[shadow.path]
	message := sprintf("file `%s`, which the operator generates in `%s`, is overridden by `%s`", [
		shadow.path,
		shadow.loser,
		shadow.winner,
	])
	finding := result.fail(shadow.at, message)
}

_generated contains member.name if {
	some member in input.pool.machine_configs
	member.generated
}

# `machineconfig.owned-path` judges these, whether or not the generated MachineConfigs are at hand.
_owned_by_templates := data.rollgate_tables.owned_paths.files
