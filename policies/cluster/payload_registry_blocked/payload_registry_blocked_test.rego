# METADATA
# title: Tests of cluster.payload-registry-blocked
package rollgate.cluster.payload_registry_blocked_test

import data.rollgate.cluster.payload_registry_blocked as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: its registry": {
		"input": fixture.object_of("Image", {"registrySources": {"blockedRegistries": ["quay.io/openshift-release-dev/ocp-release", "docker.io"]}}),
		"deny": {{"at": "Image/example#/spec/registrySources/blockedRegistries/0", "message": "`quay.io/openshift-release-dev/ocp-release` is blocked, from which the release's `quay.io/openshift-release-dev/ocp-release` is pulled"}},
	},
	"denied: that of the release": {
		"input": fixture.cluster_object_of("Image", object.union({"release_image": {"at": "ClusterVersion/version#", "text": "registry.example.com/ocp/release@sha256:01", "valid": true, "registry": "registry.example.com", "repository": "ocp/release"}}, {"spec": {"registrySources": {"blockedRegistries": ["quay.io", "registry.example.com"]}}})),
		"deny": {{"at": "Image/example#/spec/registrySources/blockedRegistries/1", "message": "`registry.example.com` is blocked, from which the release's `registry.example.com/ocp/release` is pulled"}},
	},
	"allowed: mirrored": {
		"input": fixture.cluster_object_of("Image", object.union({"mirrored_sources": ["quay.io/openshift-release-dev/ocp-release", "quay.io/openshift-release-dev/ocp-v4.0-art-dev"]}, {"spec": {"registrySources": {"blockedRegistries": ["quay.io"]}}})),
		"deny": set(),
	},
	"allowed: another": {"input": fixture.object_of("Image", {"registrySources": {"blockedRegistries": ["docker.io"]}}), "deny": set()},
	"allowed: no list": {"input": fixture.object_of("Image", {}), "deny": set()},
}
