# METADATA
# title: Readers take a layer differently
# description: >-
#   The tar of a layer can be read in two ways: it has entries behind its end, an attribute twice,
#   or sizes that contradict each other. What a scanner sees of such a layer need not be what the
#   node unpacks.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Rebuild the layer with a current tool, and ask where it came from.
#   since: 0.1.0
#   tags: [hardening]
#   references:
#     - https://nvd.nist.gov/vuln/detail/CVE-2025-62518
package rollgate.image.ambiguous_layer

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "ambiguous_layer"
	finding := result.fail(problem.at, problem.text)
}
