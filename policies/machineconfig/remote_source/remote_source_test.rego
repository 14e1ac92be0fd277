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
		"input": _file({"contents": _contents("https")}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source",
			"message": "file `/etc/site` has a source of scheme `https`; the Machine Config Daemon only writes `data` URLs",
		}},
	},
	"denied: an appended part": {
		"input": _file({"contents": null, "append": [_contents("s3")]}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source",
			"message": "file `/etc/site` has a source of scheme `s3`; the Machine Config Daemon only writes `data` URLs",
		}},
	},
	"denied: an empty source": {
		"input": _file({"contents": _contents("")}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source",
			"message": "file `/etc/site` has an empty source; the Machine Config Daemon only writes `data` URLs",
		}},
	},
	"allowed: an unknown scheme, which another rule denies": {"input": _file({"contents": _contents("oem")}), "deny": set()},
	"allowed: no URL, which another rule denies": {
		"input": _file({"contents": object.union(_contents(""), {"url": "/etc/site"})}),
		"deny": set(),
	},
	"allowed: a data URL": {"input": _file({}), "deny": set()},
	"allowed: no contents": {"input": _file({"contents": null}), "deny": set()},
	"allowed: no files": {"input": fixture.machine_config({}), "deny": set()},
}

_file(changes) := fixture.machine_config_with_files([object.union({"path": "/etc/site"}, changes)])

_contents(scheme) := {
	"at": fixture.at("/spec/config/storage/files/0/contents/source"),
	"scheme": scheme,
}
