# METADATA
# title: An image is overridden for longer than was said
# description: >-
#   The annotation `rollgate.io/override-until` names a day that is past. Until the override is
#   taken away, the pool gets no updates of its operating system.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Remove `osImageURL`, or give a reason for a later day.
#   since: 0.1.0
#   tags: [image, layering, upgrade]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.image.override_overdue

import data.rollgate.lib.result

deny contains finding if {
	some named in input.image.named_by
	named.overdue
	finding := result.fail(named.at, sprintf("%s `%s` overrides the image, which was to end on %s", [named.kind, named.name, named.override_until]))
}
