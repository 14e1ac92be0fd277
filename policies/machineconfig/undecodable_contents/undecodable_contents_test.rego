# METADATA
# title: Tests of machineconfig.undecodable-contents
package rollgate.machineconfig.undecodable_contents_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.undecodable_contents as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: plain text as gzip": {
		"input": fixture.machine_config_with_problem("undecodable_contents", "/spec/config/storage/files/0/contents/source", "the content is not gzip"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "the content is not gzip"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
