# METADATA
# title: Pinned images are listed twice or are too many
# description: >-
#   A PinnedImageSet has from 1 to 500 images, each once. The API server refuses others.
# custom:
#   subject: cluster_object
#   kinds: [PinnedImageSet]
#   severity: high
#   remediation: >-
#     Split the set, and remove what is listed twice.
#   since: 0.1.0
#   tags: [image]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types_pinnedimageset.go
package rollgate.cluster.too_many_pinned_images

import data.rollgate.lib.result

deny contains finding if {
	size := count(input.cluster_object.spec.pinnedImages)
	not size in numbers.range(1, 500)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "pinnedImages"]),
		sprintf("there are %d images, and from 1 to 500 are taken", [size]),
	)
}

deny contains finding if {
	images := input.cluster_object.spec.pinnedImages
	some index, image in images
	image.name in {earlier.name | some earlier in array.slice(images, 0, index)}
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "pinnedImages", index]),
		sprintf("`%s` is listed twice", [image.name]),
	)
}
