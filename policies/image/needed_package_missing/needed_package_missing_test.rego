# METADATA
# title: Tests of image.needed-package-missing
package rollgate.image.needed_package_missing_test

import data.rollgate.image.needed_package_missing as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: removed": {
		"input": _without({"crun", "openvswitch3.5"}),
		"deny": {
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `crun` or `runc` is missing, which starts containers"},
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `openvswitch*` is missing, which connects pods"},
		},
	},
	"allowed: all are there": {"input": fixture.os_image({}), "deny": set()},
	"allowed: another that does the same": {
		"input": object.union(_without({"crun"}), {"image": {"packages": {"packages": array.concat(
			_without({"crun"}).image.packages.packages,
			[fixture.os_package("runc", {})],
		)}}}),
		"deny": set(),
	},
	"allowed: packages that could not be read": {
		"input": fixture.os_image({"packages": null}),
		"deny": set(),
	},
	"allowed: an extensions image": {
		"input": object.union(_without({"crun"}), {"image": {"extensions": {}}}),
		"deny": set(),
	},
}

_without(names) := fixture.os_image({"packages": {
	"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite",
	"packages": [rpm |
		some rpm in fixture.package_set([]).packages
		not rpm.name in names
	],
}})
