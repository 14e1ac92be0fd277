# METADATA
# title: Tests of cluster.api-version-of-another-release
package rollgate.cluster.api_version_of_another_release_test

import data.rollgate.cluster.api_version_of_another_release as rule
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
		"deny": {{"at": "ClusterImagePolicy/example#/apiVersion", "message": "release 4.20 does not serve ClusterImagePolicy in `config.openshift.io/v1alpha1`, but in `config.openshift.io/v1`"}},
	},
	"denied: not yet": {
		"input": fixture.on({"release": "4.18"}, _policy("config.openshift.io/v1")),
		"deny": {{"at": "ClusterImagePolicy/example#/apiVersion", "message": "release 4.18 does not serve ClusterImagePolicy in `config.openshift.io/v1`, but in `config.openshift.io/v1alpha1`"}},
	},
	"denied: before either": {
		"input": fixture.on({"release": "4.12"}, _policy("config.openshift.io/v1")),
		"deny": {{"at": "ClusterImagePolicy/example#/apiVersion", "message": "release 4.12 does not serve ClusterImagePolicy in `config.openshift.io/v1`"}},
	},
	"allowed: served": {"input": fixture.on({"release": "4.20"}, _policy("config.openshift.io/v1")), "deny": set()},
	"allowed: a preview": {"input": fixture.on({"release": "4.18"}, _policy("config.openshift.io/v1alpha1")), "deny": set()},
	"allowed: a version that another rule denies": {"input": fixture.on({"release": "4.20"}, _policy("config.openshift.io/v2")), "deny": set()},
	"allowed: a kind of every release": {"input": fixture.on({"release": "4.20"}, fixture.cluster_object({})), "deny": set()},
}

_policy(api_version) := fixture.cluster_object_of("ClusterImagePolicy", {"api_version": api_version})
