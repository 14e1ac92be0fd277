# METADATA
# title: Tests of image.several-package-databases
package rollgate.image.several_package_databases_test

import data.rollgate.image.several_package_databases as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two RPM databases contradict each other": {
		"input": fixture.os_image_with_problem("several_databases", "/usr/example", "`/usr/share/rpm` and `/var/lib/rpm` list different packages"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "`/usr/share/rpm` and `/var/lib/rpm` list different packages"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
