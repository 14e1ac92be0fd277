# METADATA
# title: Tests of pool.os-image-stream-and-url
package rollgate.pool.os_image_stream_and_url_test

import data.rollgate.lib.fixture
import data.rollgate.pool.os_image_stream_and_url as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: both": {
		"input": _pool({"os_image_url": fixture.image("/spec/osImageURL", "quay.example.com/os/rhel-coreos@sha256:01")}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/osImageURL",
			"message": "pool `worker` names the stream `rhel-10`, and osImageURL `quay.example.com/os/rhel-coreos@sha256:01` overrides it; the operator refuses both",
		}},
	},
	"allowed: the stream only": {"input": _pool({}), "deny": set()},
	"allowed: neither": {"input": fixture.pool({}), "deny": set()},
}

_pool(changes) := fixture.pool(object.union(
	{"os_image_stream": {"at": "MachineConfigPool/worker#/spec/osImageStream/name", "text": "rhel-10"}},
	changes,
))
