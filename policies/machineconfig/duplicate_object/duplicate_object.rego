# METADATA
# title: Two MachineConfigs have one name
# description: >-
#   The input holds two MachineConfigs of the same name. A cluster has room for one: whichever is
#   applied last replaces the other, so the nodes depend on the order in which files are read.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Rename one of the two, or join them.
#   since: 0.1.0
#   tags: [syntax]
package rollgate.machineconfig.duplicate_object

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "duplicate_object"
	finding := result.fail(problem.at, problem.text)
}
