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
	"denied: a scheme": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": ["https://registry.example.com"]}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/scopes/0", "message": "`https://registry.example.com` is no registry, repository or `*.` and a domain"}},
	},
	"denied: in the Image config": {
		"input": fixture.object_of("Image", {"registrySources": {"blockedRegistries": ["docker.io", "quay.io/*"]}}),
		"deny": {{"at": "Image/example#/spec/registrySources/blockedRegistries/1", "message": "`quay.io/*` is no registry, repository or `*.` and a domain"}},
	},
	"denied: of a mirror set": {
		"input": fixture.object_of("ImageDigestMirrorSet", {"imageDigestMirrors": [{"source": "", "mirrors": ["registry.example.com/A"]}]}),
		"deny": {
			{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0/source", "message": "`` is no registry, repository or `*.` and a domain"},
			{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0/mirrors/0", "message": "`registry.example.com/A` is no registry, repository or `*.` and a domain"},
		},
	},
	"allowed: well-formed": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"scopes": ["*.example.com", "localhost:5000", "quay.io/org/image", "quay.io/org/image:v1"]}})),
		"deny": set(),
	},
	"allowed: no scopes": {"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {}})), "deny": set()},
}
