# METADATA
# title: Tests of cluster.log-size-max-too-low
package rollgate.cluster.log_size_max_too_low_test

import data.rollgate.cluster.log_size_max_too_low as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a number": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": 8192}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/logSizeMax", "message": "logSizeMax `8192` is not above 8 KiB: the operator refuses it"}},
	},
	"denied: a quantity": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": "8k"}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/logSizeMax", "message": "logSizeMax `8k` is not above 8 KiB: the operator refuses it"}},
	},
	"allowed: more": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": "50M"}}), "deny": set()},
	"allowed: none": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logSizeMax": 0}}), "deny": set()},
	"allowed: not set": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {}}), "deny": set()},
}
