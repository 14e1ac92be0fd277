# METADATA
# title: A content is not what its compression says
# description: >-
#   The content declares gzip, but its bytes do not decompress. Nothing checks this before the
#   pool has rendered: the first node that is updated cannot write the file, degrades, and stays
#   cordoned.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Compress the content with `gzip -c | base64 -w0`, or remove `compression` where the content
#     is plain.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.undecodable_contents

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "undecodable_contents"
	finding := result.fail(problem.at, problem.text)
}
