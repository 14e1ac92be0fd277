# METADATA
# title: Tests of machineconfig.malformed-password-hash
package rollgate.machineconfig.malformed_password_hash_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.malformed_password_hash as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.machine_config_with_problem("malformed_password_hash", "/spec/config/passwd/users/0/passwordHash", "the password hash is none of crypt(5)"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/passwd/users/0/passwordHash", "message": "the password hash is none of crypt(5)"}},
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
