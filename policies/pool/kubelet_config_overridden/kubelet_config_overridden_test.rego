# METADATA
# title: Tests of pool.kubelet-config-overridden
package rollgate.pool.kubelet_config_overridden_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kubelet_config_overridden as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two": {
		"input": fixture.pool({"kubelet_configs": [{"at": "KubeletConfig/a#", "name": "a"}, {"at": "KubeletConfig/b#", "name": "b"}]}),
		"deny": {
			{"at": "KubeletConfig/a#", "message": "pool `worker` has 2 KubeletConfigs, and only the one created last has effect"},
			{"at": "KubeletConfig/b#", "message": "pool `worker` has 2 KubeletConfigs, and only the one created last has effect"},
		},
	},
	"allowed: one": {"input": fixture.pool({"kubelet_configs": [{"at": "KubeletConfig/a#", "name": "a"}]}), "deny": set()},
	"allowed: none": {"input": fixture.pool({}), "deny": set()},
}
