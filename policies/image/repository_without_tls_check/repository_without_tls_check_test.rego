# METADATA
# title: Tests of image.repository-without-tls-check
package rollgate.image.repository_without_tls_check_test

import data.rollgate.image.repository_without_tls_check as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: switched off": {
		"input": _with({"sslverify": false}),
		"deny": {{
			"at": "image/sha256:0!/etc/yum.repos.d/example.repo:1",
			"message": "repository `example` is enabled and does not check certificates",
		}},
	},
	"allowed: by default": {"input": _with({}), "deny": set()},
	"allowed: not enabled": {"input": _with({"enabled": false, "sslverify": false}), "deny": set()},
	"allowed: no repositories": {"input": fixture.os_image({}), "deny": set()},
}

_with(overrides) := fixture.os_image({"repositories": [object.union(
	{"at": "image/sha256:0!/etc/yum.repos.d/example.repo:1", "id": "example", "enabled": true},
	overrides,
)]})
