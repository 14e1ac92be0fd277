# METADATA
# title: Tests of cluster.scope-not-pullable
package rollgate.cluster.scope_not_pullable_test

import data.rollgate.cluster.scope_not_pullable as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not allowed": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({"registries": {"allowed": [{"at": "Image/cluster#/spec/registrySources/allowedRegistries/0", "text": "quay.io"}], "blocked": []}}, {"spec": {"scopes": ["quay.io/a", "registry.example.com"]}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/scopes/1", "message": "the Image config does not allow scope `registry.example.com`"}},
	},
	"denied: blocked": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({"registries": {"allowed": [], "blocked": [{"at": "Image/cluster#/spec/registrySources/blockedRegistries/0", "text": "docker.io"}]}}, {"spec": {"scopes": ["docker.io/team"]}})),
		"deny": {{
			"at": "ClusterImagePolicy/example#/spec/scopes/0",
			"message": "the Image config blocks `docker.io`, and so scope `docker.io/team`",
			"details": {"related": [{"label": "blocked here", "at": "Image/cluster#/spec/registrySources/blockedRegistries/0"}]},
		}},
	},
	"allowed: allowed": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({"registries": {"allowed": [{"at": "Image/cluster#/spec/registrySources/allowedRegistries/0", "text": "quay.io"}], "blocked": []}}, {"spec": {"scopes": ["quay.io/a"]}})),
		"deny": set(),
	},
	"allowed: not blocked": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({"registries": {"allowed": [], "blocked": [{"at": "Image/cluster#/spec/registrySources/blockedRegistries/0", "text": "docker.io"}]}}, {"spec": {"scopes": ["quay.io/a"]}})),
		"deny": set(),
	},
	"allowed: no Image config": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": ["quay.io/a"]}})),
		"deny": set(),
	},
}
