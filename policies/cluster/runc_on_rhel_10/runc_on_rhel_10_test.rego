# METADATA
# title: Tests of cluster.runc-on-rhel-10
package rollgate.cluster.runc_on_rhel_10_test

import data.rollgate.cluster.runc_on_rhel_10 as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: by the target": {
		"input": fixture.on({"stream": "rhel-10"}, fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"defaultRuntime": "runc"}})),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/defaultRuntime", "message": "nodes of `rhel-10` have no runc, and start no container"}},
	},
	"denied: by a pool": {
		"input": fixture.on({"stream": "rhel-9"}, _selecting([{"name": "worker", "os_image_stream": "rhel-10"}])),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/defaultRuntime", "message": "nodes of `rhel-10` have no runc, and start no container"}},
	},
	"allowed: by its pools": {
		"input": fixture.on({"stream": "rhel-10"}, _selecting([{"name": "worker", "os_image_stream": "rhel-9"}])),
		"deny": set(),
	},
	"allowed: RHEL 9": {
		"input": fixture.on({"stream": "rhel-9"}, fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"defaultRuntime": "runc"}})),
		"deny": set(),
	},
	"allowed: crun": {
		"input": fixture.on({"stream": "rhel-10"}, fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"defaultRuntime": "crun"}})),
		"deny": set(),
	},
	"allowed: not set": {
		"input": fixture.on({"stream": "rhel-10"}, fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {}})),
		"deny": set(),
	},
}

_selecting(pools) := fixture.cluster_object_of("ContainerRuntimeConfig", {
	"pools": pools,
	"spec": {"containerRuntimeConfig": {"defaultRuntime": "runc"}},
})
