# METADATA
# title: Tests of pool.custom-pool-without-worker
package rollgate.pool.custom_pool_without_worker_test

import data.rollgate.lib.fixture
import data.rollgate.pool.custom_pool_without_worker as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: its own role only": {
		"input": fixture.pool({"name": "infra", "machine_config_selector": {"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "requirements": [{"key": "machineconfiguration.openshift.io/role", "operator": "In", "values": ["infra"]}]}}),
		"deny": {{"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "message": "custom pool `infra` does not select role `worker`: its nodes would lack what every worker has"}},
	},
	"denied: another label": {
		"input": fixture.pool({"name": "infra", "machine_config_selector": {"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "requirements": [{"key": "zone", "operator": "Exists"}]}}),
		"deny": {{"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "message": "custom pool `infra` does not select role `worker`: its nodes would lack what every worker has"}},
	},
	"allowed: both roles": {
		"input": fixture.pool({"name": "infra", "machine_config_selector": {"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "requirements": [{"key": "machineconfiguration.openshift.io/role", "operator": "In", "values": ["worker", "infra"]}]}}),
		"deny": set(),
	},
	"allowed: all but one": {
		"input": fixture.pool({"name": "infra", "machine_config_selector": {"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "requirements": [{"key": "machineconfiguration.openshift.io/role", "operator": "NotIn", "values": ["master"]}]}}),
		"deny": set(),
	},
	"allowed: the control plane": {
		"input": fixture.pool({"name": "infra", "machine_config_selector": {"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "requirements": [{"key": "machineconfiguration.openshift.io/role", "operator": "In", "values": ["master"]}]}}),
		"deny": set(),
	},
	"allowed: no custom pool": {
		"input": fixture.pool({"name": "master", "machine_config_selector": {"at": "MachineConfigPool/infra#/spec/machineConfigSelector", "requirements": [{"key": "machineconfiguration.openshift.io/role", "operator": "In", "values": ["master"]}]}}),
		"deny": set(),
	},
	"allowed: not known": {"input": fixture.pool({"name": "infra"}), "deny": set()},
}
