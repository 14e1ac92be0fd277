# METADATA
# title: Tests of machineconfig.invalid-data-url
package rollgate.machineconfig.invalid_data_url_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_data_url as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: placeholder": {
		"input": fixture.machine_config_with_problem("invalid_data_url", "/spec/config/storage/files/0/contents/source", "the data URL does not decode: `$` is not in the base64 alphabet"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "the data URL does not decode: `$` is not in the base64 alphabet"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
