# METADATA
# title: Tests of pool.pinned-to-another-release
package rollgate.pool.pinned_to_another_release_test

import data.rollgate.lib.fixture
import data.rollgate.pool.pinned_to_another_release as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: another digest": {
		"input": fixture.pool({"os_image_url": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:0202020202020202020202020202020202020202020202020202020202020202", "valid": true, "registry": "quay.io", "repository": "openshift-release-dev/ocp-v4.0-art-dev", "digest": "sha256:0202020202020202020202020202020202020202020202020202020202020202"}, "release_os_image": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:0101010101010101010101010101010101010101010101010101010101010101", "valid": true, "registry": "quay.io", "repository": "openshift-release-dev/ocp-v4.0-art-dev", "digest": "sha256:0101010101010101010101010101010101010101010101010101010101010101"}}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/osImageURL", "message": "osImageURL is an image of another release: this one has `sha256:0101010101010101010101010101010101010101010101010101010101010101`"}},
	},
	"allowed: the same": {
		"input": fixture.pool({"os_image_url": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:0101010101010101010101010101010101010101010101010101010101010101", "valid": true, "registry": "quay.io", "repository": "openshift-release-dev/ocp-v4.0-art-dev", "digest": "sha256:0101010101010101010101010101010101010101010101010101010101010101"}, "release_os_image": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:0101010101010101010101010101010101010101010101010101010101010101", "valid": true, "registry": "quay.io", "repository": "openshift-release-dev/ocp-v4.0-art-dev", "digest": "sha256:0101010101010101010101010101010101010101010101010101010101010101"}}),
		"deny": set(),
	},
	"allowed: an own image": {
		"input": fixture.pool({"os_image_url": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/team/os@sha256:0202020202020202020202020202020202020202020202020202020202020202", "valid": true, "registry": "quay.io", "repository": "team/os", "digest": "sha256:0202020202020202020202020202020202020202020202020202020202020202"}, "release_os_image": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:0101010101010101010101010101010101010101010101010101010101010101", "valid": true, "registry": "quay.io", "repository": "openshift-release-dev/ocp-v4.0-art-dev", "digest": "sha256:0101010101010101010101010101010101010101010101010101010101010101"}}),
		"deny": set(),
	},
	"allowed: the release is not known": {
		"input": fixture.pool({"os_image_url": {"at": "MachineConfig/99-worker#/spec/osImageURL", "text": "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:0202020202020202020202020202020202020202020202020202020202020202", "valid": true, "registry": "quay.io", "repository": "openshift-release-dev/ocp-v4.0-art-dev", "digest": "sha256:0202020202020202020202020202020202020202020202020202020202020202"}}),
		"deny": set(),
	},
	"allowed: no image": {"input": fixture.pool({}), "deny": set()},
}
