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
	"denied: no section": {
		"input": _with_unit({"entries": fixture.entries(_contents, [["Service", "ExecStart", "/bin/true"]])}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enabled", "message": "unit `site.service` is enabled, but has no [Install] section: nothing starts it"}},
	},
	"allowed: a section": {
		"input": _with_unit({"entries": fixture.entries(_contents, [["Service", "ExecStart", "/bin/true"], ["Install", "WantedBy", "multi-user.target"]])}),
		"deny": set(),
	},
	"allowed: a section in a drop-in": {
		"input": _with_unit({
			"entries": fixture.entries(_contents, [["Service", "ExecStart", "/bin/true"]]),
			"dropins": [{
				"at": fixture.at("/spec/config/systemd/units/0/dropins/0"),
				"name": "10-install.conf",
				"entries": fixture.entries("/spec/config/systemd/units/0/dropins/0/contents", [["Install", "WantedBy", "multi-user.target"]]),
			}],
		}),
		"deny": set(),
	},
	"allowed: a unit of the system": {"input": _with_unit({}), "deny": set()},
	"allowed: not enabled": {
		"input": _with_unit({"enabled": null, "entries": fixture.entries(_contents, [["Service", "ExecStart", "/bin/true"]])}),
		"deny": set(),
	},
	"allowed: no units": {"input": fixture.machine_config({}), "deny": set()},
}

_contents := "/spec/config/systemd/units/0/contents"

_with_unit(facts) := fixture.machine_config_with_units([object.union(
	{"name": "site.service", "enabled": fixture.flag("/spec/config/systemd/units/0/enabled", true)},
	facts,
)])
