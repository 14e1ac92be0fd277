# METADATA
# title: Tests of machineconfig.overwrite-without-source
package rollgate.machineconfig.overwrite_without_source_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.overwrite_without_source as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no source": {
		"input": fixture.machine_config_with_problem("overwrite_without_source", "/spec/config/storage/files/0/overwrite", "`overwrite` is true, but there is no source to write"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/overwrite", "message": "`overwrite` is true, but there is no source to write"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
