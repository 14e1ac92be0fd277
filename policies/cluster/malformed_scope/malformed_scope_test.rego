# METADATA
# title: Tests of cluster.malformed-scope
package rollgate.cluster.malformed_scope_test

import data.rollgate.cluster.malformed_scope as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of an image policy": {
		"input": fixture.object_of("ClusterImagePolicy", {
			"scopes": ["https://registry.example.com", "library/image"],
			"policy": {"signedIdentity": {"remapIdentity": {"prefix": "quay.io/a:v1", "signedPrefix": "quay.io/b"}}},
		}),
		"deny": {
			{"at": "ClusterImagePolicy/example#/spec/scopes/0", "message": "`https://registry.example.com` is no registry with a domain, repository of one or `*.` and a domain"},
			{"at": "ClusterImagePolicy/example#/spec/scopes/1", "message": "`library/image` is no registry with a domain, repository of one or `*.` and a domain"},
			{"at": "ClusterImagePolicy/example#/spec/policy/signedIdentity/remapIdentity/prefix", "message": "`quay.io/a:v1` is no registry with a domain, or repository of one, without a tag and a digest"},
		},
	},
	"denied: in the Image config": {
		"input": fixture.object_of("Image", {"registrySources": {"blockedRegistries": ["docker.io", "quay.io/*"]}}),
		"deny": {{"at": "Image/example#/spec/registrySources/blockedRegistries/1", "message": "`quay.io/*` is no registry, repository or `*.` and a domain"}},
	},
	"denied: of a mirror set": {
		"input": fixture.object_of("ImageDigestMirrorSet", {"imageDigestMirrors": [{"source": "quay.io/a:v1", "mirrors": ["registry.example.com/A"]}]}),
		"deny": {
			{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0/source", "message": "`quay.io/a:v1` is no registry, repository or `*.` and a domain, without a tag and a digest"},
			{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0/mirrors/0", "message": "`registry.example.com/A` is no registry or repository without a tag and a digest"},
		},
	},
	"allowed: of an image policy": {
		"input": fixture.object_of("ClusterImagePolicy", {
			"scopes": ["*.example.com", "localhost:5000", "quay.io/org/image", "quay.io/org/image:v1", "quay.io/org/a__b"],
			"policy": {"signedIdentity": {"exactRepository": {"repository": "quay.io/org/image"}}},
		}),
		"deny": set(),
	},
	"allowed: of the Image config and mirror sets": {
		"input": fixture.object_of("ImageTagMirrorSet", {
			"imageTagMirrors": [{"source": "*.example.com", "mirrors": ["mirror:5000/team"]}],
			"registrySources": {"allowedRegistries": ["registry", "image-registry.openshift-image-registry.svc:5000", "quay.io/org/image:v1"]},
		}),
		"deny": set(),
	},
	"allowed: no scopes": {"input": fixture.object_of("ClusterImagePolicy", {}), "deny": set()},
	"allowed: no spec": {"input": fixture.object_of("ClusterImagePolicy", null), "deny": set()},
}
