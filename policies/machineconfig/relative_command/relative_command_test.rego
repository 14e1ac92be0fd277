# METADATA
# title: Tests of machineconfig.relative-command
package rollgate.machineconfig.relative_command_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.relative_command as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a relative path": {
		"input": _unit("a.service", [["Service", "ExecStart", "-./run.sh --all"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "`ExecStart` of unit `a.service` runs `./run.sh`, which is neither an absolute path nor the name of a program"}},
	},
	"denied: a variable": {
		"input": _unit("a.service", [["Service", "ExecStartPre", "${BIN}/run"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "`ExecStartPre` of unit `a.service` runs `${BIN}/run`, which is neither an absolute path nor the name of a program"}},
	},
	"allowed: an absolute path": {
		"input": _unit("a.service", [["Service", "ExecStart", "@+/bin/a a/b"]]),
		"deny": set(),
	},
	"allowed: a quoted path": {
		"input": _unit("a.service", [["Service", "ExecStart", "\"/opt/my tool/a\" b"]]),
		"deny": set(),
	},
	"allowed: a bare name": {
		"input": _unit("a.service", [["Service", "ExecStart", "modprobe sctp"]]),
		"deny": set(),
	},
	"allowed: a specifier": {
		"input": _unit("a.service", [["Service", "ExecStart", "%h/bin/a"]]),
		"deny": set(),
	},
	"allowed: no command": {
		"input": _unit("a.service", [["Service", "Type", "oneshot"], ["Service", "ExecStart", ""]]),
		"deny": set(),
	},
}

_unit(name, rows) := fixture.machine_config_with_units([{
	"name": name,
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", rows),
}])
