# METADATA
# title: Tests of machineconfig.registry-not-allowed
package rollgate.machineconfig.registry_not_allowed_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.registry_not_allowed as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"allowed: any registry by default": {"input": _image("quay.io", "example/os"), "deny": set()},
	"allowed: the registry": {
		"input": _image("quay.io", "example/os"),
		"parameters": {"allowed_registries": ["registry.example.com", "quay.io"]},
		"deny": set(),
	},
	"allowed: the part of the registry": {
		"input": _image("quay.io", "example/os"),
		"parameters": {"allowed_registries": ["quay.io/example/"]},
		"deny": set(),
	},
	"denied: another registry": {
		"input": _image("quay.io.evil.example", "example/os"),
		"parameters": {"allowed_registries": ["quay.io"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `quay.io.evil.example/example/os` comes from a registry that is not allowed"}},
	},
	"denied: another part of the registry": {
		"input": _image("quay.io", "examples/os"),
		"parameters": {"allowed_registries": ["quay.io/example"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `quay.io/examples/os` comes from a registry that is not allowed"}},
	},
	"denied: no registry is named": {
		"input": fixture.machine_config({"os_image_url": {"at": fixture.at("/spec/osImageURL"), "text": "os", "valid": true, "repository": "os"}}),
		"parameters": {"allowed_registries": ["quay.io"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL `os` comes from a registry that is not allowed"}},
	},
	"allowed: no image": {
		"input": fixture.machine_config({}),
		"parameters": {"allowed_registries": []},
		"deny": set(),
	},
}

_image(registry, repository) := fixture.machine_config({"os_image_url": {
	"at": fixture.at("/spec/osImageURL"),
	"text": concat("/", [registry, repository]),
	"valid": true,
	"registry": registry,
	"repository": repository,
}})
