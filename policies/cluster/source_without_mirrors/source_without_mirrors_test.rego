# METADATA
# title: Tests of cluster.source-without-mirrors
package rollgate.cluster.source_without_mirrors_test

import data.rollgate.cluster.source_without_mirrors as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no mirrors": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({}, {"spec": {"imageDigestMirrors": [{"source": "quay.io/a", "mirrorSourcePolicy": "NeverContactSource"}]}})),
		"deny": {{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0", "message": "`quay.io/a` is never asked and has no mirror: nothing can be pulled from it"}},
	},
	"denied: of a tag": {
		"input": fixture.cluster_object_of("ImageTagMirrorSet", object.union({}, {"spec": {"imageTagMirrors": [{"source": "quay.io/a", "mirrors": [], "mirrorSourcePolicy": "NeverContactSource"}]}})),
		"deny": {{"at": "ImageTagMirrorSet/example#/spec/imageTagMirrors/0", "message": "`quay.io/a` is never asked and has no mirror: nothing can be pulled from it"}},
	},
	"allowed: a mirror": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({}, {"spec": {"imageDigestMirrors": [{"source": "quay.io/a", "mirrors": ["mirror.example.com"], "mirrorSourcePolicy": "NeverContactSource"}]}})),
		"deny": set(),
	},
	"allowed: the source is asked": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({}, {"spec": {"imageDigestMirrors": [{"source": "quay.io/a"}]}})),
		"deny": set(),
	},
	"allowed: no entries": {"input": fixture.object_of("ImageDigestMirrorSet", {}), "deny": set()},
}
