# METADATA
# title: Tests of cluster.api-version-gone
package rollgate.cluster.api_version_gone_test

import data.rollgate.cluster.api_version_gone as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: gone": {
		"input": fixture.on({"release": "4.20"}, _policy("config.openshift.io/v1alpha1")),
		"deny": {{"at": "ClusterImagePolicy/example#/apiVersion", "message": "release 4.20 has no ClusterImagePolicy in `config.openshift.io/v1alpha1` any more, but in `config.openshift.io/v1`"}},
	},
	"allowed: the last release": {"input": fixture.on({"release": "4.19"}, _policy("config.openshift.io/v1alpha1")), "deny": set()},
	"allowed: supported": {"input": fixture.on({"release": "4.20"}, _policy("config.openshift.io/v1")), "deny": set()},
	"allowed: a version that another rule denies": {"input": fixture.on({"release": "4.20"}, _policy("config.openshift.io/v2")), "deny": set()},
	"allowed: a kind of one version": {"input": fixture.on({"release": "4.20"}, fixture.cluster_object({})), "deny": set()},
	"allowed: the release is not known": {"input": _policy("config.openshift.io/v1alpha1"), "deny": set()},
}

_policy(api_version) := fixture.cluster_object_of("ClusterImagePolicy", {"api_version": api_version})
