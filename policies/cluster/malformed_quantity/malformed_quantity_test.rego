# METADATA
# title: Tests of cluster.malformed-quantity
package rollgate.cluster.malformed_quantity_test

import data.rollgate.cluster.malformed_quantity as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no unit": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": "50MB"}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/logSizeMax", "message": "logSizeMax `50MB` is no quantity such as `8Gi`"}},
	},
	"denied: negative": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"overlaySize": -1}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/overlaySize", "message": "overlaySize `-1` is no quantity such as `8Gi`"}},
	},
	"allowed: quantities": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": 8193, "overlaySize": "1.5Gi"}}),
		"deny": set(),
	},
	"allowed: no limit of the logs": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": "-1"}}),
		"deny": set(),
	},
	"allowed: null": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": null}}), "deny": set()},
	"allowed: not set": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {}}), "deny": set()},
}
