# METADATA
# title: An image is overridden without a reason and an end
# description: >-
#   A MachineConfig that names an image takes the pool out of the updates of the cluster. Whoever
#   finds it later has to know why, and until when.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Annotate the MachineConfig with `rollgate.io/override-reason` and `rollgate.io/override-until:
#     YYYY-MM-DD`.
#   since: 0.1.0
#   tags: [image, layering, strict]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.image.override_unexplained

import data.rollgate.lib.result

deny contains finding if {
	some named in input.image.named_by
	named.kind == "MachineConfig"
	not named.override_reason
	finding := result.fail(named.at, sprintf("MachineConfig `%s` does not say why it overrides the image", [named.name]))
}

deny contains finding if {
	some named in input.image.named_by
	named.kind == "MachineConfig"
	not _has_end(named)
	finding := result.fail(named.at, sprintf("MachineConfig `%s` does not say until when it overrides the image", [named.name]))
}

_has_end(named) if regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, named.override_until)
