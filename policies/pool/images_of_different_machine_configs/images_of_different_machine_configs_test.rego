# METADATA
# title: Tests of pool.images-of-different-machine-configs
package rollgate.pool.images_of_different_machine_configs_test

import data.rollgate.lib.fixture
import data.rollgate.pool.images_of_different_machine_configs as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: from two": {
		"input": _pool("98-worker"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/baseOSExtensionsContainerImage", "message": "the extensions image is set by `99-worker`, and the OS image that it has to match by `98-worker`"}},
	},
	"allowed: from one": {
		"input": _pool("99-worker"),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(machine_config) := fixture.pool({
	"os_image_url": object.union(fixture.image("/spec/osImageURL", "a"), {"machine_config": machine_config}),
	"base_os_extensions_container_image": object.union(
		fixture.image("/spec/baseOSExtensionsContainerImage", "b"),
		{"machine_config": "99-worker"},
	),
})
