# METADATA
# title: The operating system images that a MachineConfig names
package rollgate.lib.os_image

# named_by pairs the fields that name an image with the reference that each holds.
named_by(machine_config) := {{"field": field, "reference": machine_config[key]} |
	some key, field in _fields
}

_fields := {
	"base_os_extensions_container_image": "baseOSExtensionsContainerImage",
	"os_image_url": "osImageURL",
}
