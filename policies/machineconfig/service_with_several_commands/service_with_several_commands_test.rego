# METADATA
# title: Tests of machineconfig.service-with-several-commands
package rollgate.machineconfig.service_with_several_commands_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.service_with_several_commands as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of the default type": {
		"input": _unit("a.service", [["Service", "ExecStart", "/bin/a"], ["Service", "ExecStart", "/bin/b"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:2", "message": "service `a.service` of type `simple` has more than one `ExecStart=`, so systemd refuses to load it"}},
	},
	"denied: in a drop-in": {
		"input": _with_dropin([["Service", "ExecStart", "/bin/b"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/dropins/0/contents:1", "message": "service `a.service` of type `dbus` has more than one `ExecStart=`, so systemd refuses to load it"}},
	},
	"allowed: a drop-in that starts anew": {
		"input": _with_dropin([["Service", "ExecStart", ""], ["Service", "ExecStart", "/bin/b"]]),
		"deny": set(),
	},
	"allowed: oneshot": {
		"input": _unit("a.service", [["Service", "Type", "oneshot"], ["Service", "ExecStart", "/bin/a"], ["Service", "ExecStart", "/bin/b"]]),
		"deny": set(),
	},
	"allowed: no units": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_unit(name, rows) := fixture.machine_config_with_units([{
	"name": name,
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", rows),
}])

_with_dropin(rows) := fixture.machine_config_with_units([{
	"name": "a.service",
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", [
		["Service", "BusName", "com.example.a"],
		["Service", "ExecStart", "/bin/a"],
	]),
	"dropins": [{
		"at": fixture.at("/spec/config/systemd/units/0/dropins/0"),
		"name": "10-b.conf",
		"entries": fixture.entries("/spec/config/systemd/units/0/dropins/0/contents", rows),
	}],
}])
