# METADATA
# title: Tests of machineconfig.unit-masked-and-enabled
package rollgate.machineconfig.unit_masked_and_enabled_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unit_masked_and_enabled as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": _unit({}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enabled", "message": "unit `node-tuning.service` is enabled, but also masked, so it never starts"}},
	},
	"allowed: masked": {
		"input": _unit({"enabled": null}),
		"deny": set(),
	},
	"allowed: enabled": {
		"input": _unit({"mask": fixture.flag("/spec/config/systemd/units/0/mask", false)}),
		"deny": set(),
	},
	"allowed: no units": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_unit(changes) := fixture.machine_config_with_units([object.union(
	{
		"name": "node-tuning.service",
		"enabled": fixture.flag("/spec/config/systemd/units/0/enabled", true),
		"mask": fixture.flag("/spec/config/systemd/units/0/mask", true),
	},
	changes,
)])
