# METADATA
# title: The MachineConfig has no name
# description: >-
#   The object lacks `metadata.name`. The API server refuses it, and without a name nobody can say
#   in which order it would be merged: the Machine Config Operator merges by name, and the last
#   one wins.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Give it a name such as `99-worker-<purpose>`; the number decides the order within a role.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.missing_name

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "missing_name"
	finding := result.fail(problem.at, problem.text)
}
