# METADATA
# title: Tests of machineconfig.payload-registry-blocked
package rollgate.machineconfig.payload_registry_blocked_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.payload_registry_blocked as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the registry": {
		"input": _file("/etc/containers/registries.conf", {"registry": [{"location": "quay.io", "blocked": true}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/containers/registries.conf` blocks `quay.io`, and with it the images of OpenShift"}},
	},
	"denied: the repository": {
		"input": _file("/etc/containers/registries.conf.d/site.conf", {"registry": [{"prefix": "quay.io/okd/scos-content", "location": "a", "blocked": true}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/containers/registries.conf.d/site.conf` blocks `quay.io/okd/scos-content`, and with it the images of OpenShift"}},
	},
	"denied: a domain": {
		"input": _file("/etc/containers/registries.conf", {"registry": [{"prefix": "*.io", "blocked": true}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/containers/registries.conf` blocks `*.io`, and with it the images of OpenShift"}},
	},
	"denied: an empty prefix": {
		"input": _file("/etc/containers/registries.conf", {"registry": [{"prefix": "", "location": "quay.io/openshift-release-dev", "blocked": true}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/containers/registries.conf` blocks `quay.io/openshift-release-dev`, and with it the images of OpenShift"}},
	},
	"denied: its mirror is blocked too": {
		"input": _file("/etc/containers/registries.conf", {"registry": [
			{"location": "quay.io", "blocked": true, "mirror": [{"location": "mirror.example.com/quay"}]},
			{"location": "mirror.example.com", "blocked": true},
		]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/containers/registries.conf` blocks `quay.io`, and with it the images of OpenShift"}},
	},
	"allowed: its mirror is not blocked": {
		"input": _file("/etc/containers/registries.conf", {"registry": [{"prefix": "", "location": "quay.io", "blocked": true, "mirror": [{"location": "mirror.example.com/quay"}]}]}),
		"deny": set(),
	},
	"allowed: a narrower prefix is open": {
		"input": _file("/etc/containers/registries.conf", {"registry": [
			{"location": "quay.io", "blocked": true},
			{"location": "quay.io/openshift-release-dev"},
			{"location": "quay.io/okd/scos-content"},
			{"location": "quay.io/openshift/okd-content"},
		]}),
		"deny": set(),
	},
	"allowed: another": {
		"input": _file("/etc/containers/registries.conf", {"registry": [{"location": "docker.io", "blocked": true}, {"location": "quay.io"}]}),
		"deny": set(),
	},
	"allowed: another file": {
		"input": _file("/etc/site.conf", {"registry": [{"location": "quay.io", "blocked": true}]}),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_file(path, parsed) := fixture.machine_config_with_files([{
	"path": path,
	"contents": object.union(fixture.contents(0, ""), {"parsed": parsed}),
}])
