# METADATA
# title: Tests of machineconfig.protected-unit
package rollgate.machineconfig.protected_unit_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.protected_unit as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"allowed: nothing is protected by default": {"input": _unit("agent.service"), "deny": set()},
	"denied: the unit": {
		"input": _unit("agent.service"),
		"parameters": {"protected_units": ["agent.service"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0", "message": "unit `agent.service` is changed, which the site protects"}},
	},
	"denied: a drop-in as a file": {
		"input": fixture.machine_config_with_files([{"path": "/etc/systemd/system/agent.service.d/10.conf"}]),
		"parameters": {"protected_units": ["agent.service"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/systemd/system/agent.service.d/10.conf` changes the unit `agent.service`, which the site protects"}},
	},
	"allowed: another unit": {
		"input": _unit("agents.service"),
		"parameters": {"protected_units": ["agent.service"]},
		"deny": set(),
	},
	"allowed: no unit": {
		"input": fixture.machine_config({}),
		"parameters": {"protected_units": ["agent.service"]},
		"deny": set(),
	},
}

_unit(name) := fixture.machine_config_with_units([{"name": name}])
