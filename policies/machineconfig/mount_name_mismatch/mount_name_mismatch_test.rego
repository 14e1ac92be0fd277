# METADATA
# title: Tests of machineconfig.mount-name-mismatch
package rollgate.machineconfig.mount_name_mismatch_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.mount_name_mismatch as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another path": {
		"input": _unit("/var/lib/data"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:2", "message": "unit `var-data.mount` stands for `/var/data`, but mounts `/var/lib/data`, so systemd refuses to load it"}},
	},
	"allowed: its path": {
		"input": _unit("/var//data/"),
		"deny": set(),
	},
	"allowed: a specifier": {
		"input": _unit("/var/%i"),
		"deny": set(),
	},
	"allowed: no mount": {
		"input": fixture.machine_config_with_units([{"name": "a.service"}]),
		"deny": set(),
	},
}

_unit(path) := fixture.machine_config_with_units([{
	"name": "var-data.mount",
	"mount_point": "/var/data",
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", [["Mount", "What", "/dev/vdb"], ["Mount", "Where", path]]),
}])
