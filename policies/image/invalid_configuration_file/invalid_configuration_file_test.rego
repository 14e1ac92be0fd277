# METADATA
# title: Tests of image.invalid-configuration-file
package rollgate.image.invalid_configuration_file_test

import data.rollgate.image.invalid_configuration_file as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a configuration file of the image cannot be read": {
		"input": fixture.os_image_with_problem("invalid_file", "/usr/example", "`match-arch` is no key of `kargs.d`"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "`match-arch` is no key of `kargs.d`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
