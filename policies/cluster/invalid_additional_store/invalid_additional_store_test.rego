# METADATA
# title: Tests of cluster.invalid-additional-store
package rollgate.cluster.invalid_additional_store_test

import data.rollgate.cluster.invalid_additional_store as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: relative and twice": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"additionalImageStores": [{"path": "mnt/a"}, {"path": "/mnt/b"}, {"path": "/mnt/b"}, {"path": "/mnt//c"}]}}),
		"deny": {
			{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/additionalImageStores/0", "message": "store `mnt/a` is no clean absolute path of at most 256 characters"},
			{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/additionalImageStores/2", "message": "store `/mnt/b` is listed twice"},
			{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/additionalImageStores/3", "message": "store `/mnt//c` is no clean absolute path of at most 256 characters"},
		},
	},
	"denied: too many": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"additionalLayerStores": [{"path": sprintf("/mnt/%d", [n])} | some n in numbers.range(0, 5)]}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/additionalLayerStores/5", "message": "store `/mnt/5` is more than the 5 that are taken"}},
	},
	"allowed: one of each": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"additionalImageStores": [{"path": "/mnt/a"}], "additionalLayerStores": [{"path": "/mnt/b"}]}}),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {}}), "deny": set()},
}
