# METADATA
# title: A key is written twice
# description: >-
#   A mapping of the MachineConfig has the same key twice. Readers keep one of the two values and
#   drop the other without a word, and not every tool keeps the same one, so what was reviewed may
#   not be what nodes get.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Keep one of the two entries; join lists that were meant to be one.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://yaml.org/spec/1.2.2/
package rollgate.machineconfig.duplicate_key

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "duplicate_key"
	finding := result.fail(problem.at, problem.text)
}
