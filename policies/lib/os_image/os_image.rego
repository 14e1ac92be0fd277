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

# within tells whether an image is in a registry, or in a part of one as `quay.io/example`.
within(_, entry) if entry == "*"

within(reference, entry) if {
	folder := concat("", [trim_right(entry, "/"), "/"])
	startswith(concat("", [repository(reference), "/"]), folder)
}

# repository names an image without its tag and its digest.
repository(reference) := concat("/", [reference.registry, reference.repository])
