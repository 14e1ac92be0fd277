# METADATA
# title: Tests of pool.extension-package-missing
package rollgate.pool.extension_package_missing_test

import data.rollgate.lib.fixture
import data.rollgate.pool.extension_package_missing as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another architecture": {
		"input": fixture.on({"release": "4.20", "architecture": "x86_64"}, fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"]), "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {"usbguard": "1.0-1.el9.aarch64"}}})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `usbguard` installs `usbguard`, which `quay.io/example/extensions@sha256:1` does not have for `x86_64`"}},
	},
	"allowed: there": {
		"input": fixture.on({"release": "4.20", "architecture": "x86_64"}, fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"]), "extensions_image": {"at": "image/sha256:1#", "digest": "sha256:1", "reference": "quay.io/example/extensions@sha256:1", "extensions": {"usbguard": "1.0-1.el9.x86_64"}}})),
		"deny": set(),
	},
	"allowed: no extensions image": {
		"input": fixture.on({"release": "4.20", "architecture": "x86_64"}, fixture.pool({"extensions": fixture.texts("/spec/extensions", ["usbguard"])})),
		"deny": set(),
	},
}
