# METADATA
# title: Tests of cluster.incomplete-signed-identity
package rollgate.cluster.incomplete_signed_identity_test

import data.rollgate.cluster.incomplete_signed_identity as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: one prefix": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"policy": {"signedIdentity": {"matchPolicy": "RemapIdentity", "remapIdentity": {"prefix": "mirror.example.com"}}}}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/signedIdentity/remapIdentity/signedPrefix", "message": "`remapIdentity.signedPrefix` is missing, which `RemapIdentity` needs"}},
	},
	"denied: no such policy": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"policy": {"signedIdentity": {"matchPolicy": "Exact"}}}})),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/signedIdentity/matchPolicy", "message": "`Exact` is not one of `ExactRepository`, `MatchRepoDigestOrExact`, `MatchRepository`, `RemapIdentity`"}},
	},
	"denied: of another policy": {
		"input": fixture.object_of("ClusterImagePolicy", {"policy": {"signedIdentity": {"matchPolicy": "MatchRepository", "exactRepository": {"repository": "quay.io/a"}}}}),
		"deny": {{"at": "ClusterImagePolicy/example#/spec/policy/signedIdentity/exactRepository", "message": "`exactRepository` does not belong to `MatchRepository`"}},
	},
	"allowed: whole": {
		"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {"policy": {"signedIdentity": {"matchPolicy": "ExactRepository", "exactRepository": {"repository": "quay.io/a"}}}}})),
		"deny": set(),
	},
	"allowed: not set": {"input": fixture.cluster_object_of("ClusterImagePolicy", object.union({}, {"spec": {}})), "deny": set()},
}
