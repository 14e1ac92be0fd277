# METADATA
# title: Tests of image.unit-without-install
package rollgate.image.unit_without_install_test

import data.rollgate.image.unit_without_install as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: no [Install]": {
		"input": _with({}),
		"deny": {{
			"at": "image/sha256:0!/usr/lib/systemd/system/example.service",
			"message": "unit `example.service` is enabled by a preset and has no `[Install]`",
		}},
	},
	"allowed: it has one": {"input": _with({"installable": true}), "deny": set()},
	"allowed: linked by hand": {"input": _with({"enabled": true}), "deny": set()},
	"allowed: masked": {"input": _with({"masked": true}), "deny": set()},
	"allowed: of the base": {"input": _with({"in_base": true}), "deny": set()},
	"allowed: no preset": {"input": _with({"preset": null}), "deny": set()},
}

_with(overrides) := fixture.os_image({"units": {"example.service": fixture.os_unit("example.service", object.union(
	{"enabled": false, "installable": false, "in_base": false, "preset": true},
	overrides,
))}})
