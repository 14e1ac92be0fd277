# METADATA
# title: Tests of cluster.unknown-api-version
package rollgate.cluster.unknown_api_version_test

import data.rollgate.cluster.unknown_api_version as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: v1beta1": {
		"input": fixture.cluster_object_with_problem("unknown_api_version", "/apiVersion", "no cluster serves KubeletConfig in `machineconfiguration.openshift.io/v1beta1`"),
		"deny": {{"at": "KubeletConfig/worker#/apiVersion", "message": "no cluster serves KubeletConfig in `machineconfiguration.openshift.io/v1beta1`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.cluster_object_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.cluster_object({}), "deny": set()},
}
