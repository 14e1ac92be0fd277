# METADATA
# title: Tests of machineconfig.unavailable-extension
package rollgate.machineconfig.unavailable_extension_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unavailable_extension as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not in the stream": {
		"input": fixture.on({"release": "4.20", "stream": "rhel-10", "architecture": "x86_64"}, _with_extension("ipsec")),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `ipsec` is not shipped for this stream and architecture: nodes fail to install it"}},
	},
	"denied: not for the architecture": {
		"input": fixture.on({"release": "4.20", "stream": "rhel-9", "architecture": "aarch64"}, _with_extension("sandboxed-containers")),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `sandboxed-containers` is not shipped for this stream and architecture: nodes fail to install it"}},
	},
	"allowed: shipped": {
		"input": fixture.on({"release": "4.20", "stream": "rhel-9", "architecture": "x86_64"}, _with_extension("sandboxed-containers")),
		"deny": set(),
	},
	"allowed: a stream whose extensions nobody lists": {
		"input": fixture.on({"release": "4.12", "stream": "fcos", "architecture": "x86_64"}, _with_extension("usbguard")),
		"deny": set(),
	},
	"allowed: unknown, which another rule denies": {
		"input": fixture.on({"release": "4.20", "stream": "rhel-9", "architecture": "x86_64"}, _with_extension("htop")),
		"deny": set(),
	},
	"allowed: no extensions": {
		"input": fixture.on({"release": "4.20", "stream": "rhel-9", "architecture": "x86_64"}, fixture.machine_config({})),
		"deny": set(),
	},
}

_with_extension(name) := fixture.machine_config({"extensions": fixture.texts("/spec/extensions", [name])})
