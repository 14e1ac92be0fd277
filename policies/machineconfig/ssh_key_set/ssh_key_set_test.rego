# METADATA
# title: Tests of machineconfig.ssh-key-set
package rollgate.machineconfig.ssh_key_set_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ssh_key_set as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a key": {
		"input": _user({"ssh_authorized_keys": fixture.texts("/spec/config/passwd/users/0/sshAuthorizedKeys", ["ssh-ed25519 AAAA"])}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/passwd/users/0", "message": "user `core` gets 1 SSH keys, for logins that the cluster does not know of"}},
	},
	"allowed: a user without keys": {"input": _user({}), "deny": set()},
	"allowed: no user": {"input": fixture.machine_config({}), "deny": set()},
}

_user(fields) := fixture.machine_config_with_ignition({"users": [object.union(
	{"at": fixture.at("/spec/config/passwd/users/0"), "name": "core", "has_password_hash": false},
	fields,
)]})
