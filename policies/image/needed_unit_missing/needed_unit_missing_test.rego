# METADATA
# title: Tests of image.needed-unit-missing
package rollgate.image.needed_unit_missing_test

import data.rollgate.image.needed_unit_missing as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: removed": {
		"input": _without("crio.service", {}),
		"deny": {{"at": "image/sha256:0#", "message": "unit `crio.service` is missing"}},
	},
	"allowed: all are there": {"input": fixture.os_image({}), "deny": set()},
	"allowed: an extensions image": {"input": _without("crio.service", {"extensions": {}}), "deny": set()},
}

_without(name, overrides) := fixture.os_image(object.union(
	{"units": object.remove(fixture.os_image({}).image.units, [name])},
	overrides,
))
