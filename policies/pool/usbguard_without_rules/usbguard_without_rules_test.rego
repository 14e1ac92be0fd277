# METADATA
# title: Tests of pool.usbguard-without-rules
package rollgate.pool.usbguard_without_rules_test

import data.rollgate.lib.fixture
import data.rollgate.pool.usbguard_without_rules as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"allowed: what it needs is in another remediation": {
		"input": object.union(_pool([]), {"pool": {"machine_configs": [{
			"at": fixture.at(""),
			"name": "99-worker",
			"generated": false,
			"merged": true,
			"depends_on": ["package_usbguard_installed"],
		}]}}),
		"deny": set(),
	},
	"denied: no rules": {
		"input": _pool([]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/enabled", "message": "USBGuard is enabled without a rule, so it blocks every USB device"}},
	},
	"allowed: rules": {
		"input": _pool([{"path": "/etc/usbguard/rules.d/10-site.conf"}]),
		"deny": set(),
	},
	"allowed: the image may bring rules": {
		"input": object.union(_pool([]), {"pool": {"os_image_url": fixture.image("/spec/osImageURL", "quay.io/site/os@sha256:0")}}),
		"deny": set(),
	},
	"allowed: no USBGuard": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(files) := object.union(
	fixture.pool_with_files(files),
	fixture.pool_with_units([{
		"name": "usbguard.service",
		"enabled": fixture.flag("/spec/config/systemd/units/0/enabled", true),
	}]),
)
