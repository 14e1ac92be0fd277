# METADATA
# title: Tests of cluster.reserved-policy-name
package rollgate.cluster.reserved_policy_name_test

import data.rollgate.cluster.reserved_policy_name as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of a site": {
		"input": _policy("openshift-site"),
		"deny": {{"at": "ClusterImagePolicy/example#/metadata/name", "message": "`openshift-site` begins with `openshift`, as only the release's own policies do"}},
	},
	"allowed: the release's": {"input": _policy("openshift"), "deny": set()},
	"allowed: another": {"input": _policy("site"), "deny": set()},
	"allowed: none": {"input": _policy(""), "deny": set()},
}

_policy(name) := fixture.cluster_object_of("ClusterImagePolicy", {"name": name})
