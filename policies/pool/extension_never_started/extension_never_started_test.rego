# METADATA
# title: Tests of pool.extension-never-started
package rollgate.pool.extension_never_started_test

import data.rollgate.lib.fixture
import data.rollgate.pool.extension_never_started as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: not enabled": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"])}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `usbguard` is installed, but no MachineConfig of the pool enables `usbguard.service`"}},
	},
	"denied: IPsec, started by nothing": {
		"input": _asking_for("ipsec", [{
			"name": "site.service",
			"entries": fixture.entries("/spec/config/systemd/units/0/contents", [["Service", "ExecStart", "/usr/local/bin/site"]]),
		}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `ipsec` is installed, but no MachineConfig of the pool enables `ipsec.service`"}},
	},
	"allowed: started by another unit": {
		"input": _asking_for("ipsec", [{
			"name": "ipsecenabler.service",
			"entries": fixture.entries("/spec/config/systemd/units/0/contents", [["Service", "ExecStart", "systemctl enable --now ipsec.service"]]),
		}]),
		"deny": set(),
	},
	"allowed: enabled": {
		"input": _asking_for("usbguard", [{"name": "usbguard.service", "enabled": fixture.flag("", true)}]),
		"deny": set(),
	},
	"allowed: the image may start it": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"]), "os_image_url": fixture.image("/spec/osImageURL", "quay.io/site/os@sha256:0")}),
		"deny": set(),
	},
	"allowed: another extension": {
		"input": fixture.pool({"extensions": fixture.texts("/spec/extensions", ["kerberos"])}),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_asking_for(extension, units) := object.union(
	fixture.pool_with_units(units),
	{"pool": {"extensions": fixture.texts("/spec/extensions", [extension])}},
)
