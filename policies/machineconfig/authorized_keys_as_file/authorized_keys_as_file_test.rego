# METADATA
# title: Tests of machineconfig.authorized-keys-as-file
package rollgate.machineconfig.authorized_keys_as_file_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.authorized_keys_as_file as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a file": {
		"input": fixture.machine_config_with_files([{"path": "/home/core/.ssh/authorized_keys"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/home/core/.ssh/authorized_keys` is written by the Machine Config Daemon from `passwd.users`"}},
	},
	"allowed: another file": {"input": fixture.machine_config_with_files([{"path": "/home/core/.ssh/config"}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}
