# METADATA
# title: A data URL does not decode
# description: >-
#   A `data:` URL cannot be decoded: a placeholder that nobody replaced, base64 that is cut short
#   or wrapped, or characters that must be percent-encoded. The pool stops rendering, or the file
#   cannot be written on the node.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Encode the content again, for example with `base64 -w0`, and write it as
#     `data:text/plain;charset=utf-8;base64,<content>`.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://www.rfc-editor.org/rfc/rfc2397
package rollgate.machineconfig.invalid_data_url

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_data_url"
	finding := result.fail(problem.at, problem.text)
}
