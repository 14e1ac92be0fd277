# METADATA
# title: Tests of pool.path-under-file
package rollgate.pool.path_under_file_test

import data.rollgate.lib.fixture
import data.rollgate.pool.path_under_file as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.pool_with_problem("path_under_file", "/spec/config/storage/files/0", "`/etc/site/a` cannot be written: `/etc/site` is a file of the same config"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "among the MachineConfigs of pool `worker`, `/etc/site/a` cannot be written: `/etc/site` is a file of the same config"}},
	},
	"allowed: another problem": {
		"input": fixture.pool_with_problem("wrong_type", "/spec/paused", "`paused` takes a boolean"),
		"deny": set(),
	},
	"allowed: no problem": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}
