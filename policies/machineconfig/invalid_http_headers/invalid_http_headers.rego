# METADATA
# title: HTTP headers are malformed or out of place
# description: >-
#   A content has HTTP headers that are malformed, named twice, or that stand beside a source that
#   is not fetched by HTTP. Ignition refuses the config, and the pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove `httpHeaders`; an embedded content needs none.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_http_headers

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_http_headers"
	finding := result.fail(problem.at, problem.text)
}
