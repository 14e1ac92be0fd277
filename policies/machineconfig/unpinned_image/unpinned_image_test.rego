# METADATA
# title: Tests of machineconfig.unpinned-image
package rollgate.machineconfig.unpinned_image_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unpinned_image as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: by tag": {
		"input": _image("os_image_url", "quay.io/example/os:latest", {"tag": "latest"}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `quay.io/example/os:latest` has no digest: what it names can change under running nodes"}},
	},
	"denied: extensions image by its repository only": {
		"input": _image("base_os_extensions_container_image", "quay.io/example/extensions", {}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "baseOSExtensionsContainerImage `quay.io/example/extensions` has no digest: what it names can change under running nodes"}},
	},
	"allowed: by digest": {"input": _image("os_image_url", "quay.io/example/os:v1@sha256:01", {"tag": "v1", "digest": "sha256:01"}), "deny": set()},
	"allowed: not a reference at all, which another rule denies": {"input": _image("os_image_url", "not a ref:::", {"valid": false}), "deny": set()},
	"allowed: no image": {"input": fixture.machine_config({}), "deny": set()},
}

_image(field, text, facts) := fixture.machine_config({field: object.union(
	{"at": fixture.at("/spec/osImageURL"), "text": text, "valid": true},
	facts,
)})
