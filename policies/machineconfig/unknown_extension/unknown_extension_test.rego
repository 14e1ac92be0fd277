# METADATA
# title: Tests of machineconfig.unknown-extension
package rollgate.machineconfig.unknown_extension_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unknown_extension as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: with a config": {
		"input": fixture.on(_target, _with_extensions(["usbguard", "htop"], {})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/1", "message": "extension `htop` is not one that the release knows: the pool stops rendering"}},
	},
	"denied: without a config, with a hint": {
		"input": fixture.on(_target, _with_extensions(["kernel-rt"], {"ignition": null})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `kernel-rt` is not one that the release knows: only the nodes find out, for lack of `spec.config`; set `kernelType: realtime` instead"}},
	},
	"denied: gone in a later release": {
		"input": fixture.on({"release": "4.22", "stream": "rhel-9"}, _with_extensions(["wasm"], {})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `wasm` is not one that the release knows: the pool stops rendering"}},
	},
	"denied: a stream of Fedora CoreOS no longer matters": {
		"input": fixture.on({"release": "4.20", "stream": "fcos"}, _with_extensions(["htop"], {"ignition": null})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `htop` is not one that the release knows: only the nodes find out, for lack of `spec.config`"}},
	},
	"allowed: any package on Fedora CoreOS": {
		"input": fixture.on({"release": "4.12", "stream": "fcos"}, _with_extensions(["htop"], {"ignition": null})),
		"deny": set(),
	},
	"allowed: known": {"input": fixture.on(_target, _with_extensions(["usbguard", "kerberos"], {})), "deny": set()},
	"allowed: no extensions": {"input": fixture.on(_target, fixture.machine_config({})), "deny": set()},
}

_target := {"release": "4.20", "stream": "rhel-9"}

_with_extensions(names, overrides) := fixture.machine_config(object.union(
	{"extensions": fixture.texts("/spec/extensions", names)},
	overrides,
))
