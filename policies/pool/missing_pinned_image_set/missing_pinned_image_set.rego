# METADATA
# title: The pool names a set of images that is not there
# description: >-
#   The pool pins images by a PinnedImageSet that the input does not hold beside others. Its nodes
#   keep nothing of it, and the pool is degraded.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Add the PinnedImageSet, or correct its name.
#   since: 0.1.0
#   tags: [pool, image]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types.go
package rollgate.pool.missing_pinned_image_set

import data.rollgate.lib.result

deny contains finding if {
	some named in input.pool.pinned_image_sets
	named.given == false
	finding := result.fail(named.at, sprintf("there is no PinnedImageSet `%s`", [named.name]))
}
