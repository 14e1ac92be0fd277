# METADATA
# title: Tests of cluster.mirror-is-its-source
package rollgate.cluster.mirror_is_its_source_test

import data.rollgate.cluster.mirror_is_its_source as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: in a policy of the old kind": {
		"input": fixture.object_of("ImageContentSourcePolicy", {"repositoryDigestMirrors": [{"source": "quay.io/a", "mirrors": ["quay.io/a"]}]}),
		"deny": {{"at": "ImageContentSourcePolicy/example#/spec/repositoryDigestMirrors/0/mirrors/0", "message": "`quay.io/a` is the source that it is to mirror"}},
	},
	"denied: itself": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({}, {"spec": {"imageDigestMirrors": [{"source": "quay.io/a", "mirrors": ["mirror.example.com/a", "quay.io/a"]}]}})),
		"deny": {{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0/mirrors/1", "message": "`quay.io/a` is the source that it is to mirror"}},
	},
	"allowed: another": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({}, {"spec": {"imageDigestMirrors": [{"source": "quay.io/a", "mirrors": ["mirror.example.com/a"]}]}})),
		"deny": set(),
	},
	"allowed: no entries": {"input": fixture.object_of("ImageDigestMirrorSet", {}), "deny": set()},
}
