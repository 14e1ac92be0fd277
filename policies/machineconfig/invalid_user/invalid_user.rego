# METADATA
# title: A user, group or SSH key is refused
# description: >-
#   A user, group or SSH key is one that Ignition or the Machine Config Operator refuses; a config
#   of Ignition 2.2 may only describe the user `core`. The pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Describe the user `core` only, with SSH keys or a password hash.
#   since: 0.1.0
#   tags: [ignition, access]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.invalid_user

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_user"
	finding := result.fail(problem.at, problem.text)
}
