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
	"denied: for root": {
		"input": fixture.machine_config_with_files([{"path": "/root/.ssh/authorized_keys"}]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0",
			"message": "file `/root/.ssh/authorized_keys` lets SSH keys in that the user `core` does not have",
		}},
	},
	"denied: for core, in its directory of keys": {
		"input": fixture.machine_config_with_files([{"path": "/var/home/core/.ssh/authorized_keys.d/site"}]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0",
			"message": "file `/var/home/core/.ssh/authorized_keys.d/site` lets SSH keys in that the user `core` does not have",
		}},
	},
	"allowed: another file": {
		"input": fixture.machine_config_with_files([{"path": "/etc/ssh/sshd_config.d/10-site.conf"}]),
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.machine_config({}), "deny": set()},
}
