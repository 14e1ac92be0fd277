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
	"denied: a file with 440": {
		"input": _file(440),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode",
			"message": "mode `440` of `/etc/motd` is a decimal number; `0440` in YAML, or `288`, was probably meant",
		}},
	},
	"denied: a directory with 755": {
		"input": fixture.machine_config_with_ignition({"directories": [{
			"at": fixture.at("/spec/config/storage/directories/0"),
			"path": "/var/site",
			"mode": fixture.integer("/spec/config/storage/directories/0/mode", 755),
		}]}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/directories/0/mode",
			"message": "mode `755` of `/var/site` is a decimal number; `0755` in YAML, or `493`, was probably meant",
		}},
	},
	"allowed: 644, which another rule denies": {
		"input": fixture.machine_config({
			"ignition": _file(644).machine_config.ignition,
			"problems": fixture.machine_config_with_problem(
				"invalid_mode",
				"/spec/config/storage/files/0/mode",
				"beyond 0777",
			).machine_config.problems,
		}),
		"deny": set(),
	},
	"allowed: 0644": {"input": _file(420), "deny": set()},
	"allowed: no mode": {
		"input": fixture.machine_config_with_files([{"path": "/etc/motd", "mode": null}]),
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.machine_config({}), "deny": set()},
}

_file(mode) := fixture.machine_config_with_files([{
	"path": "/etc/motd",
	"mode": fixture.integer("/spec/config/storage/files/0/mode", mode),
}])
