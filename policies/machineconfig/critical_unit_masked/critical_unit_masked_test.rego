# METADATA
# title: Tests of machineconfig.critical-unit-masked
package rollgate.machineconfig.critical_unit_masked_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.critical_unit_masked as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: masked": {
		"input": _with_unit("crio.service", {"mask": _flag("mask", true), "enabled": _flag("enabled", false)}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/mask", "message": "unit `crio.service` is masked, but no node works without it"}},
	},
	"denied: disabled": {
		"input": _with_unit("kubelet.service", {"enabled": _flag("enabled", false)}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enabled", "message": "unit `kubelet.service` is disabled, but no node works without it"}},
	},
	"denied: masked by a link": {
		"input": fixture.machine_config_with_ignition({"links": [{
			"at": fixture.at("/spec/config/storage/links/0"),
			"path": "/etc/systemd/system/machine-config-daemon-pull.service",
			"target": "/dev/null",
			"hard": false,
		}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/links/0", "message": "unit `machine-config-daemon-pull.service` is masked, but no node works without it"}},
	},
	"allowed: enabled, with a drop-in": {
		"input": _with_unit("kubelet.service", {"enabled": _flag("enabled", true)}),
		"deny": set(),
	},
	"allowed: another unit": {"input": _with_unit("bluetooth.service", {"mask": _flag("mask", true)}), "deny": set()},
	"allowed: no units": {"input": fixture.machine_config({}), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}

_with_unit(name, facts) := fixture.machine_config_with_units([object.union({"name": name}, facts)])

_flag(field, value) := fixture.flag(sprintf("/spec/config/systemd/units/0/%s", [field]), value)
