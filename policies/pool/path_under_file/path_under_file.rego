# METADATA
# title: A path leads through a file of another MachineConfig
# description: >-
#   Two MachineConfigs of the pool write a file and, under the same path as a folder,
#   something else. Each is sound alone; together the folder cannot be made, and the Machine
#   Config Daemon fails on every node.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Rename one of the two.
#   since: 0.1.0
#   tags: [ignition, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/issues/1443
package rollgate.pool.path_under_file

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.pool.problems
	problem.kind == "path_under_file"
	finding := result.fail(problem.at, sprintf("among the MachineConfigs of pool `%s`, %s", [input.pool.name, problem.text]))
}
