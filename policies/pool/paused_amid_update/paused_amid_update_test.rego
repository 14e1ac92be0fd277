# METADATA
# title: Tests of pool.paused-amid-update
package rollgate.pool.paused_amid_update_test

import data.rollgate.lib.fixture
import data.rollgate.pool.paused_amid_update as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: half done": {
		"input": fixture.pool({"status": {"machine_count": {"at": "MachineConfigPool/worker#/status/machineCount", "value": 3}, "updated_machine_count": {"at": "MachineConfigPool/worker#/status/updatedMachineCount", "value": 1}}, "paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/paused", "message": "pool `worker` is paused with 1 of 3 nodes updated"}},
	},
	"allowed: done": {
		"input": fixture.pool({"status": {"machine_count": {"at": "MachineConfigPool/worker#/status/machineCount", "value": 3}, "updated_machine_count": {"at": "MachineConfigPool/worker#/status/updatedMachineCount", "value": 3}}, "paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}),
		"deny": set(),
	},
	"allowed: not paused": {
		"input": fixture.pool({"status": {"machine_count": {"at": "MachineConfigPool/worker#/status/machineCount", "value": 3}, "updated_machine_count": {"at": "MachineConfigPool/worker#/status/updatedMachineCount", "value": 1}}}),
		"deny": set(),
	},
	"allowed: no status": {"input": fixture.pool({"paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}), "deny": set()},
}
