# METADATA
# title: Tests of machineconfig.ignition-version-for-release
package rollgate.machineconfig.ignition_version_for_release_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ignition_version_for_release as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: too new for the release": {
		"input": fixture.on({"release": "4.12"}, _with_version("3.4.0")),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/ignition/version", "message": "Ignition `3.4.0` is not read by the release: the pool stops rendering"}},
	},
	"allowed: read since": {"input": fixture.on({"release": "4.14"}, _with_version("3.4.0")), "deny": set()},
	"allowed: 2.2": {"input": fixture.on({"release": "4.20"}, _with_version("2.2.0")), "deny": set()},
	"allowed: read by none, which another rule denies": {"input": fixture.on({"release": "4.12"}, _with_version("3.9.0")), "deny": set()},
	"allowed: no config": {"input": fixture.on({"release": "4.12"}, fixture.machine_config({"ignition": null})), "deny": set()},
}

_with_version(version) := fixture.machine_config_with_ignition({"version": fixture.text("/spec/config/ignition/version", version)})
