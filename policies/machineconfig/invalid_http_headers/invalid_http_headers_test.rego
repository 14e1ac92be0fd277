# METADATA
# title: Tests of machineconfig.invalid-http-headers
package rollgate.machineconfig.invalid_http_headers_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_http_headers as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: data url": {
		"input": fixture.machine_config_with_problem("invalid_http_headers", "/spec/config/storage/files/0/contents/httpHeaders", "HTTP headers stand beside a source of scheme `data`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/httpHeaders", "message": "HTTP headers stand beside a source of scheme `data`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
