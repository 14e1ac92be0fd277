# METADATA
# title: Tests of machineconfig.path-under-file
package rollgate.machineconfig.path_under_file_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.path_under_file as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.machine_config_with_problem("path_under_file", "/spec/config/storage/files/0", "`/etc/site/a` cannot be written: `/etc/site` is a file of the same config"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "`/etc/site/a` cannot be written: `/etc/site` is a file of the same config"}},
	},
	"allowed: another problem": {
		"input": fixture.machine_config_with_problem("wrong_type", "/spec/fips", "`fips` takes a boolean"),
		"deny": set(),
	},
	"allowed: no problem": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}
