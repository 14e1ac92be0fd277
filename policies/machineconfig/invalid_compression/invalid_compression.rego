# METADATA
# title: A compression is not gzip
# description: >-
#   A content declares a compression that Ignition does not know; gzip is the only one. Ignition
#   refuses the config, and the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Compress with gzip and declare `compression: gzip`, or leave the content uncompressed and
#     the field out.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_compression

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_compression"
	finding := result.fail(problem.at, problem.text)
}
