# METADATA
# title: A pinned image is not named by its digest
# description: >-
#   A PinnedImageSet keeps images on nodes, each by its digest. The API server refuses a tag, or a
#   digest cut short.
# custom:
#   subject: cluster_object
#   kinds: [PinnedImageSet]
#   severity: high
#   remediation: >-
#     Name the image as `registry.example.com/team/app@sha256:` and 64 hexadecimal digits.
#   since: 0.1.0
#   tags: [image]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types_pinnedimageset.go
package rollgate.cluster.pinned_image_without_digest

import data.rollgate.lib.result

deny contains finding if {
	some index, image in input.cluster_object.spec.pinnedImages
	name := object.get(image, "name", "")
	fault := _fault(name)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "pinnedImages", index]),
		sprintf("`%v` %s", [name, fault]),
	)
}

_fault(name) := "is no repository with a digest" if not regex.match(_pinned, name)

_fault(name) := "has more than one folder, and the API takes one" if {
	regex.match(_pinned, name)
	count(split(name, "/")) > 3
}

_pinned := `^([a-zA-Z0-9-]+[.])+[a-zA-Z0-9-]+(:[0-9]{2,5})?(/[a-zA-Z0-9_.-]+)+@sha256:[a-f0-9]{64}$`
