# METADATA
# title: The operating system image of the release is replaced
# description: >-
#   osImageURL or baseOSExtensionsContainerImage takes the nodes off the images of the release. From
#   then on an upgrade of the cluster no longer brings them a new operating system: whoever set the
#   field rebuilds the image for every release and every security fix, and support ends where the
#   image departs from what Red Hat ships.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Leave the field out and use extensions or a MachineOSConfig, which is rebuilt with each release,
#     or record a waiver for the pool that needs its own image.
#   since: 0.1.0
#   tags: [strict, image, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.machineconfig.os_image_overridden

import data.rollgate.lib.os_image
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some image in os_image.named_by(input.machine_config)
	finding := result.fail(image.reference.at, sprintf(
		"%s `%s` takes the nodes off the image of the release, so that upgrades no longer bring a new one",
		[image.field, image.reference.text],
	))
}
