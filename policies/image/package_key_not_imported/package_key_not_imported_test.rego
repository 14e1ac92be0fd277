# METADATA
# title: Tests of image.package-key-not-imported
package rollgate.image.package_key_not_imported_test

import data.rollgate.image.package_key_not_imported as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another key": {
		"input": _with(["fd431d51"]),
		"deny": {{
			"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite",
			"message": "package `example` is signed with key `00000000deadbeef`, which is not imported",
		}},
	},
	"allowed: its key": {"input": _with(["fd431d51", "DEADBEEF"]), "deny": set()},
	"allowed: no keys, as images of OSTree are made": {"input": _with([]), "deny": set()},
	"allowed: no packages": {"input": fixture.os_image({"packages": null}), "deny": set()},
}

_with(keys) := fixture.os_image({"packages": object.union(
	fixture.package_set([fixture.os_package("example", {"key_id": "00000000DEADBEEF"})]),
	{"keys": keys},
)})
