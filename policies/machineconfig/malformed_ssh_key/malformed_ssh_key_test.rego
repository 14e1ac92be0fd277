# METADATA
# title: Tests of machineconfig.malformed-ssh-key
package rollgate.machineconfig.malformed_ssh_key_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.malformed_ssh_key as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.machine_config_with_problem("malformed_ssh_key", "/spec/config/passwd/users/0/sshAuthorizedKeys/0", "the SSH key names no algorithm of OpenSSH"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/passwd/users/0/sshAuthorizedKeys/0", "message": "the SSH key names no algorithm of OpenSSH"}},
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
