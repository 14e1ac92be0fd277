# METADATA
# title: Tests of image.unsigned-header-entries
package rollgate.image.unsigned_header_entries_test

import data.rollgate.image.unsigned_header_entries as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an RPM header says outside of its signature what contradicts it": {
		"input": fixture.os_image_with_problem("unsigned_header_entries", "/usr/example", "the name of `bash` stands twice"),
		"deny": {{"at": "image/sha256:0!/usr/example", "message": "the name of `bash` stands twice"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.os_image_with_problem("special_file", "/usr/example", "other"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.os_image({}), "deny": set()},
}
