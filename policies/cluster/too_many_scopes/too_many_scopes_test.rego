# METADATA
# title: Tests of cluster.too-many-scopes
package rollgate.cluster.too_many_scopes_test

import data.rollgate.cluster.too_many_scopes as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: too many": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": [sprintf("quay.io/org/%d", [n]) | some n in numbers.range(1, 257)]}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/scopes/256", "message": "there are 257 scopes, and 256 are taken"}},
	},
	"denied: one twice": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": ["quay.io/a", "quay.io/b", "quay.io/a"]}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/scopes/2", "message": "scope `quay.io/a` is listed twice"}},
	},
	"allowed: all of them": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": [sprintf("quay.io/org/%d", [n]) | some n in numbers.range(1, 256)]}})),
		"deny": set(),
	},
	"allowed: no scopes": {"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {}})), "deny": set()},
}
