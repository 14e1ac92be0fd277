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
	"allowed: enabled": {
		"input": object.union(fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"])}), fixture.pool_with_units([{"name": "usbguard.service", "enabled": fixture.flag("", true)}])),
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
