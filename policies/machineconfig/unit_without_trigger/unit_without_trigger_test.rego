# METADATA
# title: Tests of machineconfig.unit-without-trigger
package rollgate.machineconfig.unit_without_trigger_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unit_without_trigger as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a timer": {
		"input": _unit("a.timer", [["Timer", "Persistent", "true"], ["Timer", "OnCalendar", ""]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0", "message": "unit `a.timer` has no `OnCalendar=`, so systemd refuses to load it"}},
	},
	"allowed: a timer": {
		"input": _unit("a.timer", [["Timer", "OnBootSec", "1min"]]),
		"deny": set(),
	},
	"allowed: a path": {
		"input": _unit("a.path", [["Path", "PathChanged", "/etc/a"]]),
		"deny": set(),
	},
	"allowed: a service": {
		"input": _unit("a.service", [["Service", "ExecStart", "/bin/a"]]),
		"deny": set(),
	},
	"allowed: the unit comes with the OS image": {
		"input": fixture.machine_config_with_units([{"name": "a.timer"}]),
		"deny": set(),
	},
}

_unit(name, rows) := fixture.machine_config_with_units([{
	"name": name,
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", rows),
}])
