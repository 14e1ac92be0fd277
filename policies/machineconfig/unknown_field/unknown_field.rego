# METADATA
# title: A field does not exist
# description: >-
#   The MachineConfig has a field that its type does not know: often a misspelt one, one that
#   stands at the wrong level, or Butane syntax. It is dropped silently, the pool renders and the
#   nodes restart, and what the field was meant to do never happens.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Correct the spelling or the level of the field; translate Butane to Ignition with `butane
#     --strict` first.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
#     - https://github.com/openshift/machine-config-operator/issues/2106
package rollgate.machineconfig.unknown_field

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "unknown_field"
	finding := result.fail(problem.at, problem.text)
}
