# METADATA
# title: Tests of machineconfig.node-identity-shared
package rollgate.machineconfig.node_identity_shared_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.node_identity_shared as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the host name": {
		"input": fixture.machine_config_with_files([{"path": "/etc/hostname"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/hostname` gives every node of the pool the same host name"}},
	},
	"denied: an SSH host key": {
		"input": fixture.machine_config_with_files([{"path": "/etc/ssh/ssh_host_ed25519_key"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/ssh/ssh_host_ed25519_key` gives every node of the pool the same SSH host key"}},
	},
	"allowed: what every node may share": {
		"input": fixture.machine_config_with_files([{"path": "/etc/hosts"}]),
		"deny": set(),
	},
	"allowed: no files": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}
