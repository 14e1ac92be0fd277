# METADATA
# title: Tests of machineconfig.selinux-switched-off
package rollgate.machineconfig.selinux_switched_off_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.selinux_switched_off as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: permissive": {
		"input": _file("# SELINUX=enforcing\nSELINUX=permissive\nSELINUXTYPE=targeted\n"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/selinux/config` sets `SELINUX=permissive`"}},
	},
	"allowed: enforcing": {
		"input": _file("# SELINUX=disabled\nSELINUX=enforcing\n"),
		"deny": set(),
	},
	"allowed: no such file": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_file(text) := fixture.machine_config_with_files([{
	"path": "/etc/selinux/config",
	"contents": fixture.contents(0, text),
}])
