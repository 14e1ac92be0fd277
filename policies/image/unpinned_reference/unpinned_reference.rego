# METADATA
# title: The image is not named by its digest
# description: >-
#   A tag may name another image tomorrow: nodes that pull it later run something else than those
#   that pulled it today, and something else than was judged.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Name the image by the digest that the report gives.
#   since: 0.1.0
#   tags: [image, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.image.unpinned_reference

import data.rollgate.lib.result

deny contains finding if {
	input.image.pinned == false
	finding := result.fail(input.image.at, sprintf("`%s` does not name a digest; it is `%s` now", [input.image.reference, input.image.digest]))
}
