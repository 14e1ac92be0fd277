# METADATA
# title: Tests of pool.unknown-os-image-stream
package rollgate.pool.unknown_os_image_stream_test

import data.rollgate.lib.fixture
import data.rollgate.pool.unknown_os_image_stream as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another": {
		"input": fixture.pool({"os_image_stream": {"at": "MachineConfigPool/worker#/spec/osImageStream/name", "text": "rhel-11"}, "available_streams": ["rhel-9", "rhel-10"]}),
		"deny": {{"at": "MachineConfigPool/worker#/spec/osImageStream/name", "message": "stream `rhel-11` is not one of `rhel-9`, `rhel-10`"}},
	},
	"allowed: one of them": {
		"input": fixture.pool({"os_image_stream": {"at": "MachineConfigPool/worker#/spec/osImageStream/name", "text": "rhel-10"}, "available_streams": ["rhel-9", "rhel-10"]}),
		"deny": set(),
	},
	"allowed: they are not known": {
		"input": fixture.pool({"os_image_stream": {"at": "MachineConfigPool/worker#/spec/osImageStream/name", "text": "rhel-11"}}),
		"deny": set(),
	},
	"allowed: none named": {"input": fixture.pool({"available_streams": ["rhel-9"]}), "deny": set()},
}
