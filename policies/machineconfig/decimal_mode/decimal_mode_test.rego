# METADATA
# title: Tests of machineconfig.decimal-mode
package rollgate.machineconfig.decimal_mode_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.decimal_mode as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: 400": {
		"input": _with_mode(400),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "mode `400` of `/etc/site.conf` is decimal and means `0620`, not `0400`"}},
	},
	"denied: 755 of a directory": {
		"input": fixture.machine_config_with_ignition({"directories": [{
			"at": fixture.at("/spec/config/storage/directories/0"),
			"path": "/var/site",
			"mode": fixture.integer("/spec/config/storage/directories/0/mode", 755),
		}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/directories/0/mode", "message": "mode `755` of `/var/site` is decimal and means `01363`, not `0755`"}},
	},
	"allowed: 0400 as a decimal number": {"input": _with_mode(256), "deny": set()},
	"allowed: 0644 as a decimal number": {"input": _with_mode(420), "deny": set()},
	"allowed: no mode": {"input": fixture.machine_config_with_files([{"path": "/etc/site.conf", "mode": null}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}

_with_mode(mode) := fixture.machine_config_with_files([{
	"path": "/etc/site.conf",
	"mode": fixture.integer("/spec/config/storage/files/0/mode", mode),
}])
