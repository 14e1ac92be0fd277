# METADATA
# title: A field is left over from Ignition 2
# description: >-
#   The config is of Ignition 3, but still has `networkd: {}` or `filesystem: root`, as Ignition 2
#   asked for them. They are dropped and nothing is lost, but who reads the config may believe that
#   they do something.
# custom:
#   subject: machine_config
#   severity: low
#   remediation: >-
#     Remove the field.
#   since: 0.1.0
#   tags: [ignition, syntax]
#   references:
#     - https://coreos.github.io/ignition/migrating-configs/
package rollgate.machineconfig.leftover_field

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "leftover_field"
	finding := result.fail(problem.at, problem.text)
}
