# METADATA
# title: Tests of machineconfig.service-without-command
package rollgate.machineconfig.service_without_command_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.service_without_command as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no command": {
		"input": _unit("a.service", [["Unit", "Description", "a"], ["Service", "Type", "simple"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0", "message": "service `a.service` has no `ExecStart=`, so systemd refuses to load it"}},
	},
	"denied: nothing after the reset": {
		"input": _unit("a.service", [["Service", "ExecStart", "/bin/a"], ["Service", "ExecStart", ""]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0", "message": "service `a.service` has no `ExecStart=`, so systemd refuses to load it"}},
	},
	"denied: not active when it is stopped": {
		"input": _unit("a.service", [["Service", "Type", "oneshot"], ["Service", "ExecStop", "/bin/b"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0", "message": "service `a.service` has no `ExecStart=`, so systemd refuses to load it"}},
	},
	"allowed: a command": {
		"input": _unit("a.service", [["Service", "ExecStart", "/bin/a"]]),
		"deny": set(),
	},
	"allowed: a command when it is stopped": {
		"input": _unit("a.service", [["Service", "RemainAfterExit", "yes"], ["Service", "ExecStop", "/bin/b"]]),
		"deny": set(),
	},
	"allowed: an action": {
		"input": _unit("a.service", [["Unit", "SuccessAction", "reboot"], ["Service", "Type", "oneshot"]]),
		"deny": set(),
	},
	"allowed: a timer": {
		"input": _unit("a.timer", [["Timer", "OnCalendar", "daily"]]),
		"deny": set(),
	},
	"allowed: the unit comes with the OS image": {
		"input": fixture.machine_config_with_units([{"name": "a.service"}]),
		"deny": set(),
	},
}

_unit(name, rows) := fixture.machine_config_with_units([{
	"name": name,
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", rows),
}])
