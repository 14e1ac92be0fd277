# METADATA
# title: Tests of cluster.unknown-container-runtime
package rollgate.cluster.unknown_container_runtime_test

import data.rollgate.cluster.unknown_container_runtime as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"defaultRuntime": "kata"}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/defaultRuntime", "message": "`kata` is neither `crun` nor `runc`"}},
	},
	"allowed: crun": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"defaultRuntime": "crun"}}),
		"deny": set(),
	},
	"allowed: not set": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {}}), "deny": set()},
}
