# METADATA
# title: Tests of cluster.unknown-runtime-log-level
package rollgate.cluster.unknown_runtime_log_level_test

import data.rollgate.cluster.unknown_runtime_log_level as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: none of them": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logLevel": "warning"}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/logLevel", "message": "CRI-O has no log level `warning`"}},
	},
	"allowed: one of them": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logLevel": "debug"}}),
		"deny": set(),
	},
	"allowed: empty": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"logLevel": ""}}), "deny": set()},
	"allowed: not set": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {}}), "deny": set()},
}
