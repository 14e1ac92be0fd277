# METADATA
# title: Tests of machineconfig.invalid-image-reference
package rollgate.machineconfig.invalid_image_reference_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_image_reference as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: garbage": {
		"input": _image("os_image_url", "not a ref:::", {"valid": false}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `not a ref:::` is not an image reference: no node can pull it"}},
	},
	"denied: extensions image with a digest cut short": {
		"input": _image("base_os_extensions_container_image", "quay.io/example/extensions@sha256:01", {"valid": false, "fault": "its digest is cut short: 2 of 64 digits"}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "baseOSExtensionsContainerImage `quay.io/example/extensions@sha256:01` is not an image reference (its digest is cut short: 2 of 64 digits): no node can pull it"}},
	},
	"allowed: a reference": {"input": _image("os_image_url", "quay.io/example/os:v1", {"tag": "v1"}), "deny": set()},
	"allowed: no image": {"input": fixture.machine_config({}), "deny": set()},
}

_image(field, text, facts) := fixture.machine_config({field: object.union(
	{"at": fixture.at("/spec/osImageURL"), "text": text, "valid": true},
	facts,
)})
