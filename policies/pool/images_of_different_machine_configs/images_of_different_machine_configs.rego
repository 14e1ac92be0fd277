# METADATA
# title: The OS image and its extensions image come from different MachineConfigs
# description: >-
#   The custom OS image of the pool was set by one MachineConfig, and the image of its
#   extensions by another. They are merged independently: when one of the two is updated,
#   packages of another build are installed, or cannot be.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Set both fields in one MachineConfig.
#   since: 0.1.0
#   tags: [images, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/common/helpers.go
package rollgate.pool.images_of_different_machine_configs

import data.rollgate.lib.result

deny contains finding if {
	image := input.pool.os_image_url
	extensions := input.pool.base_os_extensions_container_image
	image.machine_config != extensions.machine_config
	finding := result.fail(extensions.at, sprintf(
		"the extensions image is set by `%s`, and the OS image that it has to match by `%s`",
		[extensions.machine_config, image.machine_config],
	))
}
