# METADATA
# title: Tests of machineconfig.payload-images-rejected
package rollgate.machineconfig.payload_images_rejected_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.payload_images_rejected as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"denied: the default rejects": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "reject"}], "transports": {"docker": {"registry.example.com": [{"type": "insecureAcceptAnything"}]}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`"}},
	},
	"denied: its registry is rejected": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "insecureAcceptAnything"}], "transports": {"docker": {"quay.io": [{"type": "reject"}]}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`"}},
	},
	"denied: no default": {
		"input": _file("/etc/containers/policy.json", {"transports": {}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`"}},
	},
	"denied: a wider scope accepts": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "insecureAcceptAnything"}], "transports": {"docker": {"": [{"type": "reject"}], "*.io": [{"type": "insecureAcceptAnything"}], "quay.io": [{"type": "reject"}]}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`"}},
	},
	"denied: every image is rejected": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "insecureAcceptAnything"}], "transports": {"docker": {"": [{"type": "reject"}]}}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`"}},
	},
	"allowed: a domain is accepted": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "reject"}], "transports": {"docker": {"*.io": [{"type": "insecureAcceptAnything"}]}}}),
		"deny": set(),
	},
	"allowed: a repository of the site's own": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "reject"}], "transports": {"docker": {"registry.example.com:5000/ocp": [{"type": "sigstoreSigned"}]}}}),
		"parameters": {"payload_repositories": ["registry.example.com:5000/ocp/release"]},
		"deny": set(),
	},
	"allowed: its organisation is accepted": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "reject"}], "transports": {"docker": {"quay.io/openshift-release-dev": [{"type": "insecureAcceptAnything"}]}}}),
		"deny": set(),
	},
	"allowed: the default accepts": {
		"input": _file("/etc/containers/policy.json", {"default": [{"type": "insecureAcceptAnything"}]}),
		"deny": set(),
	},
	"allowed: no policy": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_file(path, parsed) := fixture.machine_config_with_files([{
	"path": path,
	"contents": object.union(fixture.contents(0, ""), {"parsed": parsed}),
}])
