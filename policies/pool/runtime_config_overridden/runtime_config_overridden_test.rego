# METADATA
# title: Tests of pool.runtime-config-overridden
package rollgate.pool.runtime_config_overridden_test

import data.rollgate.lib.fixture
import data.rollgate.pool.runtime_config_overridden as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two": {
		"input": fixture.pool({"container_runtime_configs": [{"at": "ContainerRuntimeConfig/a#", "name": "a"}, {"at": "ContainerRuntimeConfig/b#", "name": "b"}]}),
		"deny": {
			{"at": "ContainerRuntimeConfig/a#", "message": "pool `worker` has 2 ContainerRuntimeConfigs, and the one created last wins"},
			{"at": "ContainerRuntimeConfig/b#", "message": "pool `worker` has 2 ContainerRuntimeConfigs, and the one created last wins"},
		},
	},
	"allowed: one": {"input": fixture.pool({"container_runtime_configs": [{"at": "ContainerRuntimeConfig/a#", "name": "a"}]}), "deny": set()},
	"allowed: none": {"input": fixture.pool({}), "deny": set()},
}
