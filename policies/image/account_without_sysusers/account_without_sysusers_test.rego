# METADATA
# title: Tests of image.account-without-sysusers
package rollgate.image.account_without_sysusers_test

import data.rollgate.image.account_without_sysusers as rule
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
			"users": {"example": fixture.os_user({"in_base": false})},
			"groups": {"example": fixture.os_group({})},
		}),
		"deny": {
			{"at": "image/sha256:0!/etc/passwd:2", "message": "user `example` is made by no line of `sysusers.d`"},
			{"at": "image/sha256:0!/etc/group:2", "message": "group `example` is made by no line of `sysusers.d`"},
		},
	},
	"allowed: of the base, or made by sysusers.d": {
		"input": fixture.os_image({
			"users": {"core": fixture.os_user({"in_base": true}), "example": fixture.os_user({"in_sysusers": true})},
			"groups": {"core": fixture.os_group({"in_base": true}), "example": fixture.os_group({"in_sysusers": true})},
		}),
		"deny": set(),
	},
	"allowed: no accounts": {"input": fixture.os_image({"users": {}, "groups": {}}), "deny": set()},
}
