# METADATA
# title: Tests of image.zstd-layer-on-old-node
package rollgate.image.zstd_layer_on_old_node_test

import data.rollgate.image.zstd_layer_on_old_node as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: an old release": {
		"input": fixture.on({"release": "4.14"}, _image),
		"deny": {{"at": "image/sha256:0#/layers/1", "message": "layer `sha256:1` is compressed with zstd"}},
	},
	"allowed: a recent one": {"input": fixture.on({"release": "4.20"}, _image), "deny": set()},
	"allowed: gzip": {"input": fixture.on({"release": "4.14"}, fixture.os_image({})), "deny": set()},
}

_image := fixture.os_image({"layers": [
	fixture.os_layer(0, {}),
	fixture.os_layer(1, {"media_type": "application/vnd.oci.image.layer.v1.tar+zstd"}),
]})
