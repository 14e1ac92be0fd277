# METADATA
# title: Tests of image.account-id-changed
package rollgate.image.account_id_changed_test

import data.rollgate.image.account_id_changed as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a user and a group": {
		"input": fixture.os_image({
			"users": {"chrony": fixture.os_user({"base_uid": 992})},
			"groups": {"chrony": fixture.os_group({"base_gid": 991})},
		}),
		"deny": {
			{"at": "image/sha256:0!/etc/passwd:2", "message": "user `chrony` has the number 1001, and 992 in the base"},
			{"at": "image/sha256:0!/etc/group:2", "message": "group `chrony` has the number 1001, and 991 in the base"},
		},
	},
	"allowed: the same, and new ones": {
		"input": fixture.os_image({
			"users": {"chrony": fixture.os_user({"base_uid": 1001}), "new": fixture.os_user({})},
			"groups": {"new": fixture.os_group({})},
		}),
		"deny": set(),
	},
	"allowed: no accounts": {"input": fixture.os_image({}), "deny": set()},
}
