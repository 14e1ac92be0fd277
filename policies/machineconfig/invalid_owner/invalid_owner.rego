# METADATA
# title: An owner is given by both id and name
# description: >-
#   A user or group of a file is named by its id and by its name at once. Ignition refuses the
#   config, because the two may disagree, and the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Keep the id or the name, not both; the id works before the account exists.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_owner

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_owner"
	finding := result.fail(problem.at, problem.text)
}
