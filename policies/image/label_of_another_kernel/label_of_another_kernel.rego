# METADATA
# title: A label names another kernel than the image has
# description: >-
#   The label `ostree.linux` is the version of the kernel. Where the image has another one, the
#   kernel was replaced and the label, on which tools rely, is of the base image.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Set the label to the version of the kernel, or build the image by a tool that does.
#   since: 0.1.0
#   tags: [image, kernel]
package rollgate.image.label_of_another_kernel

import data.rollgate.lib.result

deny contains finding if {
	named := input.image.labels["ostree.linux"]
	named != "true"
	versions := {kernel.version | some kernel in input.image.kernels; kernel.vmlinuz}
	count(versions) > 0
	not named in versions
	finding := result.fail(
		result.at(input.image.at, ["config", "Labels", "ostree.linux"]),
		sprintf("label `ostree.linux` names `%s`, and the image has %s", [named, concat(", ", [sprintf("`%s`", [version]) | some version in sort(versions)])]),
	)
}
