# METADATA
# title: Tests of cluster.payload-registry-not-allowed
package rollgate.cluster.payload_registry_not_allowed_test

import data.rollgate.cluster.payload_registry_not_allowed as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another only": {
		"input": fixture.object_of("Image", {"registrySources": {"allowedRegistries": ["registry.example.com", "quay.io/openshift-release-dev/ocp-release"]}}),
		"deny": {{"at": "Image/example#/spec/registrySources/allowedRegistries", "message": "no entry allows `quay.io/openshift-release-dev/ocp-v4.0-art-dev`, from which the release is pulled"}},
	},
	"allowed: the registry": {"input": fixture.object_of("Image", {"registrySources": {"allowedRegistries": ["quay.io"]}}), "deny": set()},
	"allowed: that of the release": {
		"input": fixture.cluster_object_of("Image", object.union({"release_image": {"at": "ClusterVersion/version#", "text": "registry.example.com/ocp/release@sha256:01", "valid": true, "registry": "registry.example.com", "repository": "ocp/release"}}, {"spec": {"registrySources": {"allowedRegistries": ["registry.example.com"]}}})),
		"deny": set(),
	},
	"allowed: an empty list": {"input": fixture.object_of("Image", {"registrySources": {"allowedRegistries": []}}), "deny": set()},
	"allowed: no list": {"input": fixture.object_of("Image", {}), "deny": set()},
}
