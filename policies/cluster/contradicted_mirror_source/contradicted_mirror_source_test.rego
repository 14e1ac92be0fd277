# METADATA
# title: Tests of cluster.contradicted-mirror-source
package rollgate.cluster.contradicted_mirror_source_test

import data.rollgate.cluster.contradicted_mirror_source as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two policies": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({"contradicted_sources": [{"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0", "source": "quay.io/a", "policy": "NeverContactSource", "other_at": "ImageTagMirrorSet/b#/spec/imageTagMirrors/0", "other_policy": "AllowContactingSource"}]}, {"spec": {"imageDigestMirrors": []}})),
		"deny": {{
			"at": "ImageDigestMirrorSet/example#/spec/imageDigestMirrors/0",
			"message": "`quay.io/a` has the policy `NeverContactSource` here, and `AllowContactingSource` in another set",
			"details": {"related": [{"label": "the other set", "at": "ImageTagMirrorSet/b#/spec/imageTagMirrors/0"}]},
		}},
	},
	"allowed: no contradiction": {
		"input": fixture.cluster_object_of("ImageDigestMirrorSet", object.union({}, {"spec": {"imageDigestMirrors": []}})),
		"deny": set(),
	},
	"allowed: none known": {"input": fixture.cluster_object({}), "deny": set()},
}
