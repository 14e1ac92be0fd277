# METADATA
# title: Tests of cluster.superseded-mirror-policy
package rollgate.cluster.superseded_mirror_policy_test

import data.rollgate.cluster.superseded_mirror_policy as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: one": {
		"input": fixture.object_of("ImageContentSourcePolicy", {}),
		"deny": {{"at": "ImageContentSourcePolicy/example#", "message": "ImageContentSourcePolicy `example` is of a kind that ImageDigestMirrorSet replaces"}},
	},
	"allowed: no object": {"input": fixture.pool({}), "deny": set()},
}
