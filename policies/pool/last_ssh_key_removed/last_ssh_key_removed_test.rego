# METADATA
# title: Tests of pool.last-ssh-key-removed
package rollgate.pool.last_ssh_key_removed_test

import data.rollgate.lib.fixture
import data.rollgate.pool.last_ssh_key_removed as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: none is left": {
		"input": _pool([]),
		"deny": {{"at": "MachineConfigPool/worker#", "message": "nodes of pool `worker` lose the last SSH key of `core`"}},
	},
	"allowed: one is left": {
		"input": _pool(["ssh-ed25519 A"]),
		"deny": set(),
	},
	"allowed: nothing runs yet": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(keys) := object.union(
	fixture.pool_with_ignition({"users": [{
		"at": fixture.at("/spec/config/passwd/users/0"),
		"name": "core",
		"has_password_hash": false,
		"ssh_authorized_keys": fixture.texts("/spec/config/passwd/users/0/sshAuthorizedKeys", keys),
	}]}),
	{"pool": {"current": {"fips": false, "kernel_type": "default", "core_ssh_keys": 1}}},
)
