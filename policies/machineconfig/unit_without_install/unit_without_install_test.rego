# METADATA
# title: Tests of machineconfig.unit-without-install
package rollgate.machineconfig.unit_without_install_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unit_without_install as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no Install section": {
		"input": _unit({}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enabled",
			"message": "unit `node-tuning.service` is enabled, but has no `[Install]` section, so nothing starts it",
		}},
	},
	"allowed: an Install section": {
		"input": _unit({"entries": _entries([["Install", "WantedBy", "multi-user.target"]])}),
		"deny": set(),
	},
	"allowed: an Install section in a drop-in": {
		"input": _unit({"dropins": [{
			"at": fixture.at("/spec/config/systemd/units/0/dropins/0"),
			"name": "10-install.conf",
			"entries": _entries([["Install", "WantedBy", "multi-user.target"]]),
		}]}),
		"deny": set(),
	},
	"allowed: not enabled": {"input": _unit({"enabled": null}), "deny": set()},
	"allowed: the unit comes with the OS image": {"input": _unit({"entries": null}), "deny": set()},
	"allowed: no units": {"input": fixture.machine_config({}), "deny": set()},
}

_unit(changes) := fixture.machine_config_with_units([object.union(
	{
		"name": "node-tuning.service",
		"enabled": fixture.flag("/spec/config/systemd/units/0/enabled", true),
		"entries": _entries([["Service", "ExecStart", "/usr/local/bin/node-tuning"]]),
	},
	changes,
)])

_entries(rows) := fixture.entries("/spec/config/systemd/units/0/contents", rows)
