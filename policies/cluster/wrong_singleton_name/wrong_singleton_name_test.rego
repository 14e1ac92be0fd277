# METADATA
# title: Tests of cluster.wrong-singleton-name
package rollgate.cluster.wrong_singleton_name_test

import data.rollgate.cluster.wrong_singleton_name as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another": {
		"input": fixture.object_of("Image", {}),
		"deny": {{"at": "Image/example#/metadata/name", "message": "Image `example` is read by nobody: the only one is `cluster`"}},
	},
	"allowed: the one": {"input": fixture.cluster_object_of("Image", {"name": "cluster"}), "deny": set()},
	"allowed: none, which another rule denies": {"input": fixture.cluster_object_of("Image", {"name": ""}), "deny": set()},
}
