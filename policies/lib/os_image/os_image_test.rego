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

test_within if {
	reference := {"registry": "quay.io", "repository": "example/os"}
	every entry in ["*", "quay.io", "quay.io/example", "quay.io/example/", "quay.io/example/os"] {
		os_image.within(reference, entry)
	}
}

test_not_within if {
	reference := {"registry": "quay.io", "repository": "example/os"}
	every entry in ["quay", "quay.io/exam", "example", "quay.io/example/os/deeper"] {
		not os_image.within(reference, entry)
	}
	not os_image.within({"repository": "example/os"}, "example")
}

test_repository if {
	os_image.repository({"registry": "quay.io", "repository": "example/os", "tag": "1"}) == "quay.io/example/os"
}
