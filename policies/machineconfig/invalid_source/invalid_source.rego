# METADATA
# title: A source is not a URL that Ignition knows
# description: >-
#   The source of a content is not a URL, or its scheme is not one that Ignition fetches. Ignition
#   refuses the config, and the pool stops rendering. The Machine Config Operator itself only ever
#   writes `data:` URLs to running nodes.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Embed the content as a `data:` URL.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://www.rfc-editor.org/rfc/rfc2397
package rollgate.machineconfig.invalid_source

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_source"
	finding := result.fail(problem.at, problem.text)
}
