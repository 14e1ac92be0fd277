# METADATA
# title: Tests of image.owned-path
package rollgate.image.owned_path_test

import data.rollgate.lib.fixture

cases := {
	"denied: a file, a unit and a drop-in": {
		"input": fixture.on(_target, fixture.os_image({})),
		"files": [
			{"path": "/etc/containers/policy.json"},
			{"path": "/etc/systemd/system/kubens.service"},
			{"path": "/etc/systemd/system/kubelet.service.d/10-mco-default-env.conf"},
		],
		"deny": {
			_finding("/etc/containers/policy.json"),
			_finding("/etc/systemd/system/kubens.service"),
			_finding("/etc/systemd/system/kubelet.service.d/10-mco-default-env.conf"),
		},
	},
	"denied: on its platform": {
		"input": fixture.on({"release": "4.20", "platform": "nutanix"}, fixture.os_image({})),
		"files": [{"path": "/etc/NetworkManager/conf.d/99-nutanix.conf"}],
		"deny": {_finding("/etc/NetworkManager/conf.d/99-nutanix.conf")},
	},
	"allowed: on another platform, and of the base": {
		"input": fixture.on(_target, fixture.os_image({})),
		"files": [
			{"path": "/etc/NetworkManager/conf.d/99-nutanix.conf"},
			{"path": "/etc/containers/policy.json", "in_base": true},
		],
		"deny": set(),
	},
	"allowed: written by the operator in an on-cluster build": {
		"input": fixture.on(_target, fixture.os_image({})),
		"files": [{"path": "/etc/containers/policy.json"}, {"path": "/etc/machine-config-daemon/currentconfig"}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.on(_target, fixture.os_image({})), "deny": set()},
}

_target := {"release": "4.20", "platform": "vsphere"}

_finding(path) := {
	"at": concat("", ["image/sha256:0!", path]),
	"message": sprintf("`%s` belongs to the Machine Config Operator, which writes its own", [path]),
}
