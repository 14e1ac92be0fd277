# METADATA
# title: Tests of machineconfig.ignored-file-name
package rollgate.machineconfig.ignored_file_name_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ignored_file_name as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no ending": {
		"input": fixture.machine_config_with_files([{"path": "/etc/sysctl.d/99-site"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/sysctl.d/99-site` is ignored: only names that end in `.conf` are read there"}},
	},
	"denied: a dot for sudo": {
		"input": fixture.machine_config_with_files([{"path": "/etc/sudoers.d/site.conf"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/sudoers.d/site.conf` is ignored: sudo passes over names with a dot"}},
	},
	"denied: a backup for sudo": {
		"input": fixture.machine_config_with_files([{"path": "/etc/sudoers.d/site~"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/sudoers.d/site~` is ignored: sudo passes over names that end in `~`"}},
	},
	"denied: both for sudo": {
		"input": fixture.machine_config_with_files([{"path": "/etc/sudoers.d/site.conf~"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/sudoers.d/site.conf~` is ignored: sudo passes over names with a dot"}},
	},
	"denied: one of two endings": {
		"input": fixture.machine_config_with_files([{"path": "/etc/profile.d/site.csh"}, {"path": "/etc/profile.d/site"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/1", "message": "file `/etc/profile.d/site` is ignored: only names that end in `.sh` or `.csh` are read there"}},
	},
	"allowed: with its ending": {
		"input": fixture.machine_config_with_files([{"path": "/etc/sysctl.d/99-site.conf"}, {"path": "/etc/sudoers.d/site"}]),
		"deny": set(),
	},
	"allowed: another folder": {
		"input": fixture.machine_config_with_files([{"path": "/etc/motd"}]),
		"deny": set(),
	},
	"allowed: no files": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}
