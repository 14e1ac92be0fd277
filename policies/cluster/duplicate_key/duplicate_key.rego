# METADATA
# title: A key is written twice
# description: >-
#   A mapping of a cluster object has the same key twice. Readers keep one of the two values and
#   drop the other without a word, and not every tool keeps the same one.
# custom:
#   subject: cluster_object
#   severity: medium
#   remediation: >-
#     Keep one of the two entries.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://yaml.org/spec/1.2.2/
package rollgate.cluster.duplicate_key

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "duplicate_key"
	finding := result.fail(problem.at, problem.text)
}
