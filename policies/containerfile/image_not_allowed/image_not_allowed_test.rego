# METADATA
# title: Tests of containerfile.image-not-allowed
package rollgate.containerfile.image_not_allowed_test

import data.rollgate.containerfile.image_not_allowed as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input with data.parameters as case.parameters
		actual == case.deny
	}
}

cases := {
	"denied: another registry": {
		"input": fixture.containerfile(["quay.io/example/os"]),
		"parameters": {"allowed_build_images": ["quay.io/acme"]},
		"deny": {{"at": "Containerfile/Containerfile#:1", "message": "image `quay.io/example/os` is not from where images are allowed"}},
	},
	"allowed: one of them": {
		"input": fixture.containerfile(["quay.io/example/os"]),
		"parameters": {"allowed_build_images": ["quay.io/example"]},
		"deny": set(),
	},
	"allowed: by default": {
		"input": fixture.containerfile_of([]),
		"parameters": {"allowed_build_images": ["*"]},
		"deny": set(),
	},
	"allowed: no stage": {
		"input": fixture.containerfile_with({"stages": []}),
		"parameters": {"allowed_build_images": []},
		"deny": set(),
	},
}
