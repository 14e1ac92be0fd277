# METADATA
# title: Tests of machineconfig.oneshot-service-restarted
package rollgate.machineconfig.oneshot_service_restarted_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.oneshot_service_restarted as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: always": {
		"input": _unit("a.service", [["Service", "Type", "oneshot"], ["Service", "ExecStart", "/bin/a"], ["Service", "Restart", "always"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:3", "message": "oneshot service `a.service` has `Restart=always`, so systemd refuses to load it"}},
	},
	"allowed: on failure": {
		"input": _unit("a.service", [["Service", "Type", "oneshot"], ["Service", "Restart", "always"], ["Service", "Restart", "on-failure"]]),
		"deny": set(),
	},
	"allowed: another type": {
		"input": _unit("a.service", [["Service", "Type", "exec"], ["Service", "Restart", "always"]]),
		"deny": set(),
	},
	"allowed: no restart": {
		"input": _unit("a.service", [["Service", "Type", "oneshot"]]),
		"deny": set(),
	},
}

_unit(name, rows) := fixture.machine_config_with_units([{
	"name": name,
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", rows),
}])
