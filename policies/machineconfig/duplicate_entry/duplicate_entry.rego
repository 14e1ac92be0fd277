# METADATA
# title: One thing is listed twice
# description: >-
#   A list of the Ignition config names the same file, unit, user or device twice. Ignition
#   refuses the config, because the second entry would silently undo the first, and the pool stops
#   rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Keep one entry; to change what another MachineConfig writes, use a MachineConfig whose name
#     sorts after it.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.duplicate_entry

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "duplicate_entry"
	finding := result.fail(problem.at, problem.text)
}
