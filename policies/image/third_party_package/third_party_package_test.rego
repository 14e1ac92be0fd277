# METADATA
# title: Tests of image.third-party-package
package rollgate.image.third_party_package_test

import data.rollgate.image.third_party_package as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"denied: another vendor, and none": {
		"input": _with({"vendor": "Example Corp."}, {"vendor": null}),
		"deny": {
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `one` is of vendor `Example Corp.`"},
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite", "message": "package `other` is of vendor ``"},
		},
	},
	"allowed: the vendor of the base, and one that is allowed": {
		"input": _with({}, {"vendor": "Example Corp."}),
		"parameters": {"allowed_vendors": ["Example Corp."]},
		"deny": set(),
	},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}

_with(one, other) := fixture.os_image_with_packages([
	fixture.os_package("one", one),
	fixture.os_package("other", other),
])
