# METADATA
# title: The config rendered for a pool is refused
# description: >-
#   Each MachineConfig of the pool is sound, but what they merge to is not. The Machine Config
#   Operator refuses the rendered config, naming none of the MachineConfigs that it came from, and
#   the pool stops: no other change reaches its nodes either.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Correct the MachineConfig that is named here. A file without contents of its own gets a source
#     (`data:,` writes an empty file); two MachineConfigs that contradict each other become one.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.invalid_rendered_config

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.pool.problems
	not problem in _judged_elsewhere
	message := sprintf("the config rendered for pool `%s` is refused: %s", [input.pool.name, problem.text])
	finding := result.fail(problem.at, message)
}

# `pool.empty-selector` and `pool.wrong-type`: of the MachineConfigPool itself; the others are accepted,
# and fail on the nodes.
_judged_elsewhere contains problem if {
	some problem in input.pool.problems
	problem.kind in {"empty_selector", "ordering_cycle", "path_under_file", "wrong_type"}
}

# `pool.appended-file`: a file that has nothing but `append`.
_judged_elsewhere contains problem if {
	some problem in input.pool.problems
	problem.kind == "overwrite_without_source"
	some file in input.pool.ignition.files
	problem.at == file.at
	count(file.append) > 0
}
