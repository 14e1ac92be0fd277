# METADATA
# title: Tests of cluster.payload-scope-taken
package rollgate.cluster.payload_scope_taken_test

import data.rollgate.cluster.payload_scope_taken as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: one repository": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": ["registry.example.com", "quay.io/openshift-release-dev/ocp-release"]}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/scopes/1", "message": "scope `quay.io/openshift-release-dev/ocp-release` covers the release's `quay.io/openshift-release-dev/ocp-release`: nodes refuse it unless this policy verifies it"}},
	},
	"allowed: that of the release itself": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({"name": "openshift"}, {"spec": {"scopes": ["quay.io/openshift-release-dev/ocp-release"]}})),
		"deny": set(),
	},
	"allowed: own images": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": ["registry.example.com"]}})),
		"deny": set(),
	},
	"allowed: no scopes": {"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {}})), "deny": set()},
}
