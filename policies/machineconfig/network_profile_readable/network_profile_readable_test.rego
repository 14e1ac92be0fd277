# METADATA
# title: Tests of machineconfig.network-profile-readable
package rollgate.machineconfig.network_profile_readable_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.network_profile_readable as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: mode 0644": {
		"input": _profile(fixture.integer("/spec/config/storage/files/0/mode", 420)),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "connection profile `/etc/NetworkManager/system-connections/ens3.nmconnection` is open to others than its owner, so NetworkManager ignores it"}},
	},
	"denied: no mode": {
		"input": _profile(null),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "connection profile `/etc/NetworkManager/system-connections/ens3.nmconnection` is open to others than its owner, so NetworkManager ignores it"}},
	},
	"allowed: mode 0600": {
		"input": _profile(fixture.integer("/spec/config/storage/files/0/mode", 384)),
		"deny": set(),
	},
	"allowed: no profile": {
		"input": fixture.machine_config_with_files([{"path": "/etc/NetworkManager/conf.d/site.conf"}]),
		"deny": set(),
	},
}

_profile(mode) := fixture.machine_config_with_files([{
	"path": "/etc/NetworkManager/system-connections/ens3.nmconnection",
	"mode": mode,
}])
