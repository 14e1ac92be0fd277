# METADATA
# title: Tests of machineconfig.invalid-verification
package rollgate.machineconfig.invalid_verification_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_verification as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: mismatch": {
		"input": fixture.machine_config_with_problem("invalid_verification", "/spec/config/storage/files/0/contents/verification/hash", "the content does not match its verification hash"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/verification/hash", "message": "the content does not match its verification hash"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
