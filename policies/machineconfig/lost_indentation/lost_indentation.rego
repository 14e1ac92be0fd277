# METADATA
# title: The MachineConfig lost its indentation
# description: >-
#   A key such as `metadata`, `labels` or `spec` is empty, and what belongs under it stands beside
#   it, as web pages print objects whose leading spaces they dropped. The API server drops what it
#   does not know at that level, so that the MachineConfig has no name, reaches no node or changes
#   nothing on them.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Indent the lines under the key that they belong to, and check the object again: what lost its
#     place was not judged.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.lost_indentation

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "lost_indentation"
	finding := result.fail(problem.at, problem.text)
}
