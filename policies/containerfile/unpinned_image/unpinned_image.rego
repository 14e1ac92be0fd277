# METADATA
# title: An image is not named by its digest
# description: >-
#   What a tag names changes. The next build of the same Containerfile takes something else, and
#   nobody sees it in the file: another kernel, another release of OpenShift.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Name the image by its digest, as `oc adm release info --image-for rhel-coreos` prints it.
#   since: 0.1.0
#   tags: [image, layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.unpinned_image

import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	not stage.image.digest
	finding := result.fail(stage.at, sprintf("image `%s` is not named by its digest", [stage.image.text]))
}

deny contains finding if {
	some index, stage in input.containerfile.stages
	stage.used
	some instruction in stage.instructions
	some name in _taken_from(instruction)
	not contains(name, "@sha256:")
	not _is_stage(name, index)
	finding := result.fail(instruction.at, sprintf("image `%s` is not named by its digest", [name]))
}

_taken_from(instruction) := {name | name := instruction.copied_from} | {name |
	some mount in instruction.mounts
	some part in split(mount, ",")
	startswith(part, "from=")
	name := trim_prefix(part, "from=")
}

_is_stage(name, index) if {
	some earlier in array.slice(input.containerfile.stages, 0, index)
	lower(earlier.name) == lower(name)
}

_is_stage(name, _) if regex.match(`^[0-9]+$`, name)

_is_stage(name, _) if {
	input.containerfile.on_cluster
	name in {"configs", "extract"}
}
