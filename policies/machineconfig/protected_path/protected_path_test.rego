# METADATA
# title: Tests of machineconfig.protected-path
package rollgate.machineconfig.protected_path_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.protected_path as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"allowed: nothing is protected by default": {"input": _file("/etc/site/agent.conf"), "deny": set()},
	"denied: the file": {
		"input": _file("/etc/site.conf"),
		"parameters": {"protected_paths": ["/etc/site.conf"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/site.conf` is written, where the site protects `/etc/site.conf`"}},
	},
	"denied: below the folder": {
		"input": _file("/etc/site/agent.conf"),
		"parameters": {"protected_paths": ["/etc/site/"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/site/agent.conf` is written, where the site protects `/etc/site/`"}},
	},
	"allowed: beside the folder": {
		"input": _file("/etc/sites/agent.conf"),
		"parameters": {"protected_paths": ["/etc/site"]},
		"deny": set(),
	},
	"allowed: no file": {
		"input": fixture.machine_config({}),
		"parameters": {"protected_paths": ["/etc"]},
		"deny": set(),
	},
}

_file(path) := fixture.machine_config_with_files([{"path": path}])
