# METADATA
# title: Tests of pool.custom-image-without-extensions-image
package rollgate.pool.custom_image_without_extensions_image_test

import data.rollgate.lib.fixture
import data.rollgate.pool.custom_image_without_extensions_image as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: with an extension and a kernel": {
		"input": _pool({
			"extensions": fixture.texts("/spec/extensions", ["usbguard"]),
			"kernel_type": fixture.text("/spec/kernelType", "realtime"),
		}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/osImageURL",
			"message": "osImageURL is replaced, but not the extensions image from which `realtime`, `usbguard` would come",
		}},
	},
	"allowed: with its extensions image": {
		"input": _pool({
			"extensions": fixture.texts("/spec/extensions", ["usbguard"]),
			"base_os_extensions_container_image": fixture.image("/spec/baseOSExtensionsContainerImage", "quay.example.com/os/extensions@sha256:02"),
		}),
		"deny": set(),
	},
	"allowed: nothing comes from it": {
		"input": _pool({"kernel_type": fixture.text("/spec/kernelType", "default")}),
		"deny": set(),
	},
	"allowed: no custom image": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"])}),
		"deny": set(),
	},
}

_pool(changes) := fixture.pool(object.union(
	{"os_image_url": fixture.image("/spec/osImageURL", "quay.example.com/os/rhel-coreos@sha256:01")},
	changes,
))
