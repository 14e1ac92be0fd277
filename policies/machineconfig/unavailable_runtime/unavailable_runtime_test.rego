# METADATA
# title: Tests of machineconfig.unavailable-runtime
package rollgate.machineconfig.unavailable_runtime_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unavailable_runtime as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: on version 10": {
		"input": fixture.on({"stream": "rhel-10"}, _runtime("runc")),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/crio/crio.conf.d/99-site` makes `runc` the default runtime, which rhel-10 does not have"}},
	},
	"allowed: on version 9": {
		"input": fixture.on({"stream": "rhel-9"}, _runtime("runc")),
		"deny": set(),
	},
	"allowed: another runtime": {
		"input": fixture.on({"stream": "rhel-10"}, _runtime("crun")),
		"deny": set(),
	},
	"allowed: no drop-in": {
		"input": fixture.on({"stream": "rhel-10"}, fixture.machine_config({})),
		"deny": set(),
	},
}

_file(path, parsed) := fixture.machine_config_with_files([{
	"path": path,
	"contents": object.union(fixture.contents(0, ""), {"parsed": parsed}),
}])

_runtime(name) := _file("/etc/crio/crio.conf.d/99-site", {"crio": {"runtime": {"default_runtime": name}}})
