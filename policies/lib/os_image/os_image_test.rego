# METADATA
# title: Tests of the operating system images that a MachineConfig names
package rollgate.lib.os_image_test

import data.rollgate.lib.os_image

test_named if {
	machine_config := {"os_image_url": {"text": "a"}, "base_os_extensions_container_image": {"text": "b"}}
	os_image.named_by(machine_config) == {
		{"field": "osImageURL", "reference": {"text": "a"}},
		{"field": "baseOSExtensionsContainerImage", "reference": {"text": "b"}},
	}
}

test_not_named if {
	os_image.named_by({}) == set()
}
