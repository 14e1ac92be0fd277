# METADATA
# title: A config has no meaning in the version that is merged
# description: >-
#   The Machine Config Operator translates every config to one Ignition version before it merges
#   them. This config uses something that the translation cannot carry over, such as networkd
#   units of Ignition 2.2, so the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Use a means that the later version has: write NetworkManager key files instead of networkd
#     units, or set the kernel arguments of the MachineConfig.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://github.com/coreos/ign-converter
package rollgate.machineconfig.untranslatable

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "untranslatable"
	finding := result.fail(problem.at, problem.text)
}
