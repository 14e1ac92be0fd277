# METADATA
# title: The image is not built on the image of the release
# description: >-
#   None of the images that the release ships is at the bottom of this one: its lowest layers are
#   others. What the release was tested with, and what its operators expect on a node, is not known
#   to be in it.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Build the image on the one that `oc adm release info --image-for rhel-coreos` prints for the
#     release.
#   since: 0.1.0
#   tags: [image, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.image.base_not_of_release

import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	expected := input.image.release_image.diff_ids
	count(expected) > 0
	actual := [layer.diff_id | some layer in input.image.layers]
	array.slice(actual, 0, count(expected)) != expected
	finding := result.fail(input.image.at, sprintf("the image does not begin with the layers of `%s`", [input.image.release_image.reference]))
}
