# METADATA
# title: Tests of cluster.pod-pids-limit-too-low
package rollgate.cluster.pod_pids_limit_too_low_test

import data.rollgate.cluster.pod_pids_limit_too_low as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of a pod": {
		"input": fixture.cluster_object({"spec": {"kubeletConfig": {"podPidsLimit": 50}}}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/podPidsLimit", "message": "`50` processes are too few: at least 100 are needed"}},
	},
	"denied: of a container": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"pidsLimit": 19}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/pidsLimit", "message": "`19` processes are too few: at least 100 are needed"}},
	},
	"denied: negative for a container": {
		"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"pidsLimit": -1}}),
		"deny": {{"at": "ContainerRuntimeConfig/example#/spec/containerRuntimeConfig/pidsLimit", "message": "`-1` processes are too few: at least 100 are needed"}},
	},
	"allowed: the runtime's own": {"input": fixture.object_of("ContainerRuntimeConfig", {"containerRuntimeConfig": {"pidsLimit": 0}}), "deny": set()},
	"allowed: unlimited": {"input": fixture.cluster_object({"spec": {"kubeletConfig": {"podPidsLimit": -1}}}), "deny": set()},
	"allowed: plenty": {"input": fixture.cluster_object({"spec": {"kubeletConfig": {"podPidsLimit": 4096}}}), "deny": set()},
	"allowed: no spec": {"input": fixture.cluster_object({"spec": null}), "deny": set()},
}
