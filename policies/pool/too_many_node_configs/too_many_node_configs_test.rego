# METADATA
# title: Tests of pool.too-many-node-configs
package rollgate.pool.too_many_node_configs_test

import data.rollgate.lib.fixture
import data.rollgate.pool.too_many_node_configs as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: eleven": {
		"input": fixture.pool({"kubelet_configs": [{"at": "KubeletConfig/c0#", "name": "c0"}, {"at": "KubeletConfig/c1#", "name": "c1"}, {"at": "KubeletConfig/c2#", "name": "c2"}, {"at": "KubeletConfig/c3#", "name": "c3"}, {"at": "KubeletConfig/c4#", "name": "c4"}, {"at": "KubeletConfig/c5#", "name": "c5"}, {"at": "KubeletConfig/c6#", "name": "c6"}, {"at": "KubeletConfig/c7#", "name": "c7"}, {"at": "KubeletConfig/c8#", "name": "c8"}, {"at": "KubeletConfig/c9#", "name": "c9"}, {"at": "KubeletConfig/c10#", "name": "c10"}]}),
		"deny": {{"at": "KubeletConfig/c10#", "message": "there are 11 of its kind for the pool `worker`, and 10 are taken"}},
	},
	"allowed: ten": {
		"input": fixture.pool({"container_runtime_configs": [{"at": "ContainerRuntimeConfig/c0#", "name": "c0"}, {"at": "ContainerRuntimeConfig/c1#", "name": "c1"}, {"at": "ContainerRuntimeConfig/c2#", "name": "c2"}, {"at": "ContainerRuntimeConfig/c3#", "name": "c3"}, {"at": "ContainerRuntimeConfig/c4#", "name": "c4"}, {"at": "ContainerRuntimeConfig/c5#", "name": "c5"}, {"at": "ContainerRuntimeConfig/c6#", "name": "c6"}, {"at": "ContainerRuntimeConfig/c7#", "name": "c7"}, {"at": "ContainerRuntimeConfig/c8#", "name": "c8"}, {"at": "ContainerRuntimeConfig/c9#", "name": "c9"}]}),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.pool({}), "deny": set()},
}
