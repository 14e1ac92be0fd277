# METADATA
# title: Tests of machineconfig.role-without-pool
package rollgate.machineconfig.role_without_pool_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.role_without_pool as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no pool": {
		"input": fixture.machine_config({"pools": []}),
		"deny": {{"at": "MachineConfig/99-worker#/metadata/labels/machineconfiguration.openshift.io~1role", "message": "no MachineConfigPool selects role `worker`: nothing reaches a node"}},
	},
	"allowed: pools were not given": {"input": fixture.machine_config({"pools": [], "pools_declared": false}), "deny": set()},
	"allowed: no role, which another rule denies": {"input": fixture.machine_config({"pools": [], "role": null}), "deny": set()},
	"allowed: a pool": {"input": fixture.machine_config({}), "deny": set()},
}
