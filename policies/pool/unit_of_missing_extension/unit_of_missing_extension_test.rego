# METADATA
# title: Tests of pool.unit-of-missing-extension
package rollgate.pool.unit_of_missing_extension_test

import data.rollgate.lib.fixture
import data.rollgate.pool.unit_of_missing_extension as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"allowed: what it needs is in another remediation": {
		"input": object.union(_pool({}, []), {"pool": {"machine_configs": [{
			"at": fixture.at(""),
			"name": "99-worker",
			"generated": false,
			"merged": true,
			"depends_on": ["package_usbguard_installed"],
		}]}}),
		"deny": set(),
	},
	"denied: no extension": {
		"input": _pool({}, []),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enabled", "message": "unit `usbguard.service` is enabled, but comes with the extension `usbguard`, which the pool does not get"}},
	},
	"allowed: with the extension": {
		"input": _pool({}, ["usbguard"]),
		"deny": set(),
	},
	"allowed: a unit of one's own": {
		"input": _pool({"contents": fixture.text("/spec/config/systemd/units/0/contents", "[Service]")}, []),
		"deny": set(),
	},
	"allowed: no units": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(changes, extensions) := object.union(
	fixture.pool_with_units([object.union(
		{"name": "usbguard.service", "enabled": fixture.flag("/spec/config/systemd/units/0/enabled", true)},
		changes,
	)]),
	{"pool": {"extensions": fixture.texts("/spec/extensions", extensions)}},
)
