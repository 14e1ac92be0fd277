# METADATA
# title: Tests of cluster.missing-build-field
package rollgate.cluster.missing_build_field_test

import data.rollgate.cluster.missing_build_field as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a secret": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"imageBuilder": {"imageBuilderType": "Job"}, "machineConfigPool": {"name": "a"}, "renderedImagePushSpec": "r.example.com/a:b"}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/renderedImagePushSecret/name", "message": "`spec.renderedImagePushSecret.name` is missing"}},
	},
	"denied: no such builder": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"imageBuilder": {"imageBuilderType": "Kaniko"}, "machineConfigPool": {"name": "a"}, "renderedImagePushSecret": {"name": "a"}, "renderedImagePushSpec": "r.example.com/a:b"}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/imageBuilder/imageBuilderType", "message": "there is no builder `Kaniko`: write `Job`"}},
	},
	"allowed: whole": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"imageBuilder": {"imageBuilderType": "Job"}, "machineConfigPool": {"name": "a"}, "renderedImagePushSecret": {"name": "a"}, "renderedImagePushSpec": "r.example.com/a:b"}})),
		"deny": set(),
	},
	"allowed: another version": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({"api_version": "machineconfiguration.openshift.io/v1alpha1"}, {"spec": {"buildInputs": {}}})),
		"deny": set(),
	},
}
