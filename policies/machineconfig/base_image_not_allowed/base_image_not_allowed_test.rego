# METADATA
# title: Tests of machineconfig.base-image-not-allowed
package rollgate.machineconfig.base_image_not_allowed_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.base_image_not_allowed as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"allowed: any image by default": {"input": _image("sha256:01"), "deny": set()},
	"allowed: the repository": {
		"input": _image("sha256:01"),
		"parameters": {"allowed_base_images": ["quay.io/example/os"]},
		"deny": set(),
	},
	"allowed: the image by its digest": {
		"input": _image("sha256:01"),
		"parameters": {"allowed_base_images": ["quay.io/example/os@sha256:01"]},
		"deny": set(),
	},
	"denied: another digest": {
		"input": _image("sha256:02"),
		"parameters": {"allowed_base_images": ["quay.io/example/os@sha256:01"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `quay.io/example/os@sha256:02` is not an image that is allowed"}},
	},
	"denied: by tag, where a digest is allowed": {
		"input": fixture.machine_config({"os_image_url": {"at": fixture.at("/spec/osImageURL"), "text": "quay.io/example/os:1", "valid": true, "registry": "quay.io", "repository": "example/os", "tag": "1"}}),
		"parameters": {"allowed_base_images": ["quay.io/example/os@sha256:01"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `quay.io/example/os:1` is not an image that is allowed"}},
	},
	"allowed: no image": {
		"input": fixture.machine_config({}),
		"parameters": {"allowed_base_images": []},
		"deny": set(),
	},
}

_image(digest) := fixture.machine_config({"os_image_url": {
	"at": fixture.at("/spec/osImageURL"),
	"text": concat("@", ["quay.io/example/os", digest]),
	"valid": true,
	"registry": "quay.io",
	"repository": "example/os",
	"digest": digest,
}})
