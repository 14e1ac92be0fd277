# METADATA
# title: Tests of machineconfig.remote-source
package rollgate.machineconfig.remote_source_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.remote_source as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: https": {
		"input": _with_source("https"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "content of `/etc/site.conf` is fetched over `https`: nodes fail to decode it"}},
	},
	"denied: empty": {
		"input": _with_source(""),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "content of `/etc/site.conf` has an empty source: nodes fail to decode it"}},
	},
	"denied: appended": {
		"input": fixture.machine_config_with_files([{
			"path": "/etc/site.conf",
			"contents": null,
			"append": [{"at": fixture.at("/spec/config/storage/files/0/append/0/source"), "scheme": "http"}],
		}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/append/0/source", "message": "content of `/etc/site.conf` is fetched over `http`: nodes fail to decode it"}},
	},
	"allowed: embedded": {"input": _with_source("data"), "deny": set()},
	"allowed: a scheme that does not exist, which another rule denies": {"input": _with_source("oem"), "deny": set()},
	"allowed: no source": {"input": fixture.machine_config_with_files([{"path": "/etc/site.conf", "contents": null}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}

_with_source(scheme) := fixture.machine_config_with_files([{
	"path": "/etc/site.conf",
	"contents": {"at": fixture.at("/spec/config/storage/files/0/contents/source"), "scheme": scheme},
}])
