# METADATA
# title: A file is to be overwritten with nothing
# description: >-
#   A file sets `overwrite: true` without a source. Ignition refuses the config, because it would
#   not know what to write, and the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Give the file a source (`data:,` writes an empty file), or remove `overwrite`.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.overwrite_without_source

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "overwrite_without_source"
	finding := result.fail(problem.at, problem.text)
}
