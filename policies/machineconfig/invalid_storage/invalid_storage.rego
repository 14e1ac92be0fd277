# METADATA
# title: A disk, filesystem or volume is refused
# description: >-
#   A disk, partition, filesystem, RAID array or LUKS volume is described in a way that Ignition
#   refuses. The pool stops rendering; a config that reached a new machine would leave it in the
#   emergency shell of its first boot.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Describe the device as the Ignition specification asks; write it in Butane and let `butane
#     --strict` check it.
#   since: 0.1.0
#   tags: [ignition, storage]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_storage

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_storage"
	finding := result.fail(problem.at, problem.text)
}
