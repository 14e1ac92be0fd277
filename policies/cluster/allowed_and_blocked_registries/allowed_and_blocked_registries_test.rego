# METADATA
# title: Tests of cluster.allowed-and-blocked-registries
package rollgate.cluster.allowed_and_blocked_registries_test

import data.rollgate.cluster.allowed_and_blocked_registries as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": fixture.object_of("Image", {"registrySources": {"allowedRegistries": ["quay.io"], "blockedRegistries": ["docker.io"]}}),
		"deny": {{"at": "Image/example#/spec/registrySources/blockedRegistries", "message": "registries are blocked beside `allowedRegistries`: the operator takes one list or the other"}},
	},
	"allowed: one": {
		"input": fixture.object_of("Image", {"registrySources": {"allowedRegistries": ["quay.io"], "blockedRegistries": []}}),
		"deny": set(),
	},
	"allowed: no lists": {"input": fixture.object_of("Image", {}), "deny": set()},
}
