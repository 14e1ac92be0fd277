# METADATA
# title: Tests of cluster.payload-mirrored-by-tag
package rollgate.cluster.payload_mirrored_by_tag_test

import data.rollgate.cluster.payload_mirrored_by_tag as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the release": {
		"input": fixture.cluster_object_of("ImageTagMirrorSet", object.union({}, {"spec": {"imageTagMirrors": [{"source": "quay.io/openshift-release-dev/ocp-release"}]}})),
		"deny": {{"at": "ImageTagMirrorSet/example#/spec/imageTagMirrors/0/source", "message": "the release's `quay.io/openshift-release-dev/ocp-release` is pulled by digest: a tag mirror is never asked for it"}},
	},
	"allowed: another": {
		"input": fixture.cluster_object_of("ImageTagMirrorSet", object.union({}, {"spec": {"imageTagMirrors": [{"source": "quay.io/team"}]}})),
		"deny": set(),
	},
	"allowed: no entries": {"input": fixture.object_of("ImageTagMirrorSet", {}), "deny": set()},
}
