# METADATA
# title: Tests of pool.duplicate-extension
package rollgate.pool.duplicate_extension_test

import data.rollgate.lib.fixture
import data.rollgate.pool.duplicate_extension as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: twice": {
		"input": _pool(["usbguard", "ipsec", "usbguard"]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/2", "message": "extension `usbguard` is asked for twice"}},
	},
	"allowed: once": {
		"input": _pool(["usbguard", "ipsec"]),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(extensions) := fixture.pool({"extensions": fixture.texts("/spec/extensions", extensions)})
