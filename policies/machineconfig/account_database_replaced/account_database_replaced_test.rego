# METADATA
# title: Tests of machineconfig.account-database-replaced
package rollgate.machineconfig.account_database_replaced_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.account_database_replaced as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: passwords": {
		"input": fixture.machine_config_with_files([{"path": "/etc/shadow"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/shadow` replaces the accounts that the OS image has in it"}},
	},
	"allowed: an account of one's own": {
		"input": fixture.machine_config_with_files([{"path": "/etc/sysusers.d/site.conf"}]),
		"deny": set(),
	},
	"allowed: no files": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}
