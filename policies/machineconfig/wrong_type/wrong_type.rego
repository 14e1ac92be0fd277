# METADATA
# title: A value has the wrong type
# description: >-
#   A field of the MachineConfig holds a value of a type that the field does not take. The API
#   server stores the Ignition config unread, so the fault shows only when the Machine Config
#   Operator renders the pool, whose rollout then stops for every node.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Write the value in the type that the field takes; a file mode is a number without quotes, a
#     label is a string with quotes.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.wrong_type

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "wrong_type"
	finding := result.fail(problem.at, problem.text)
}
