# METADATA
# title: A verification hash does not hold
# description: >-
#   A verification hash is malformed, or is not the hash of the content. The Machine Config
#   Operator never compares it, so running nodes take the content as it is, but a new node's first
#   boot fails for good.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Recompute the hash of the decoded content, as `sha512-<hex>`, or remove `verification`; an
#     embedded content needs none.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_verification

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_verification"
	finding := result.fail(problem.at, problem.text)
}
