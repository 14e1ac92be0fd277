# METADATA
# title: Tests of cluster.machine-os-config-name
package rollgate.cluster.machine_os_config_name_test

import data.rollgate.cluster.machine_os_config_name as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"machineConfigPool": {"name": "worker"}}})),
		"deny": {{"at": "MachineOSConfig/example#/spec/machineConfigPool/name", "message": "MachineOSConfig `example` is for the pool `worker`, whose name it has to have"}},
	},
	"allowed: of a cluster": {
		"input": fixture.cluster_object_of("MachineOSConfig", {"spec": {"machineConfigPool": {"name": "worker"}}, "status": {"observedGeneration": 1}}),
		"deny": set(),
	},
	"allowed: its name": {
		"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {"machineConfigPool": {"name": "example"}}})),
		"deny": set(),
	},
	"allowed: no pool": {"input": fixture.cluster_object_of("MachineOSConfig", object.union({}, {"spec": {}})), "deny": set()},
}
