# METADATA
# title: A cluster object lost its indentation
# description: >-
#   A key such as `metadata` or `spec` is empty, and what belongs under it stands beside it, as web
#   pages print objects whose leading spaces they dropped. The API server drops what it does not
#   know at that level, so that the object has no name or says nothing.
# custom:
#   subject: cluster_object
#   severity: high
#   remediation: >-
#     Indent the lines under the key that they belong to, and check the object again: what lost its
#     place was not judged.
#   since: 0.1.0
#   tags: [syntax]
package rollgate.cluster.lost_indentation

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.cluster_object.problems
	problem.kind == "lost_indentation"
	finding := result.fail(problem.at, problem.text)
}
