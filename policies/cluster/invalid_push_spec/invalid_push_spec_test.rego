# METADATA
# title: Tests of cluster.invalid-push-spec
package rollgate.cluster.invalid_push_spec_test

import data.rollgate.cluster.invalid_push_spec as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no tag": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"renderedImagePushSpec": "registry.example.com/team/os"}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/renderedImagePushSpec", "message": "`registry.example.com/team/os` is no registry with a domain, repository and tag"}},
	},
	"denied: a digest": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"renderedImagePushSpec": "registry.example.com/os@sha256:01"}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/renderedImagePushSpec", "message": "`registry.example.com/os@sha256:01` is no registry with a domain, repository and tag"}},
	},
	"allowed: a tag": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"renderedImagePushSpec": "registry.example.com:5000/team/os:latest"}})),
		"deny": set(),
	},
	"allowed: inside the cluster": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"renderedImagePushSpec": "image-registry.openshift-image-registry.svc:5000/openshift-machine-config-operator/os:latest"}})),
		"deny": set(),
	},
	"allowed: none, which another rule denies": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {}})),
		"deny": set(),
	},
}
