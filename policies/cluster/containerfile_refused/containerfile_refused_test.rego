# METADATA
# title: Tests of cluster.containerfile-refused
package rollgate.cluster.containerfile_refused_test

import data.rollgate.cluster.containerfile_refused as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: too long": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"containerFile": [{"content": concat("", ["RUN true \\\n" | some n in numbers.range(1, 400); n > 0])}]}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/containerFile/0/content", "message": "the Containerfile has 4400 characters, and 4096 are taken"}},
	},
	"denied: two for one": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"containerFile": [{"content": "FROM configs AS final"}, {"containerfileArch": "NoArch", "content": "FROM configs AS final"}]}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/containerFile/1", "message": "there is another Containerfile for `NoArch`"}},
	},
	"denied: no architecture": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"containerFile": [{"containerfileArch": "x86_64", "content": "FROM configs AS final"}]}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/containerFile/0", "message": "there is no architecture `x86_64`"}},
	},
	"allowed: one for each": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"containerFile": [{"containerfileArch": "AMD64", "content": "FROM configs AS final"}, {"containerfileArch": "ARM64", "content": "FROM configs AS final"}]}})),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {}})), "deny": set()},
}
