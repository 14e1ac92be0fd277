# METADATA
# title: Tests of machineconfig.owned-path
package rollgate.machineconfig.owned_path_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.owned_path as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a file": {
		"input": fixture.on(_target, fixture.machine_config_with_files([{"path": "/etc/containers/policy.json"}])),
		"deny": {_finding("/spec/config/storage/files/0", "file `/etc/containers/policy.json`")},
	},
	"denied: a unit": {
		"input": fixture.on(_target, fixture.machine_config_with_units([{
			"name": "kubelet-dependencies.target",
			"contents": fixture.text("/spec/config/systemd/units/0/contents", "[Unit]\n"),
		}])),
		"deny": {_finding("/spec/config/systemd/units/0/contents", "unit `kubelet-dependencies.target`")},
	},
	"denied: a drop-in": {
		"input": fixture.on(_target, fixture.machine_config_with_units([_kubelet_with_dropin("10-mco-default-env.conf")])),
		"deny": {_finding("/spec/config/systemd/units/0/dropins/0", "drop-in `kubelet.service.d/10-mco-default-env.conf`")},
	},
	"denied: a unit and a drop-in as files": {
		"input": fixture.on(_target, fixture.machine_config_with_files([
			{"path": "/etc/systemd/system/kubens.service"},
			{"path": "/etc/systemd/system/kubelet.service.d/10-mco-default-env.conf"},
		])),
		"deny": {
			_finding("/spec/config/storage/files/0", "file `/etc/systemd/system/kubens.service`"),
			_finding("/spec/config/storage/files/1", "file `/etc/systemd/system/kubelet.service.d/10-mco-default-env.conf`"),
		},
	},
	"denied: on its platform": {
		"input": fixture.on({"release": "4.20", "platform": "nutanix"}, fixture.machine_config_with_files([{"path": "/etc/NetworkManager/conf.d/99-nutanix.conf"}])),
		"deny": {_finding("/spec/config/storage/files/0", "file `/etc/NetworkManager/conf.d/99-nutanix.conf`")},
	},
	"denied: of its role": {
		"input": fixture.on(_target, fixture.machine_config({
			"role": fixture.text("/metadata/labels/machineconfiguration.openshift.io~1role", "master"),
			"ignition": fixture.machine_config_with_files([{"path": "/etc/kubernetes/manifests/apiserver-watcher.yaml"}]).machine_config.ignition,
		})),
		"deny": {_finding("/spec/config/storage/files/0", "file `/etc/kubernetes/manifests/apiserver-watcher.yaml`")},
	},
	"allowed: on another platform": {
		"input": fixture.on(_target, fixture.machine_config_with_files([{"path": "/etc/NetworkManager/conf.d/99-nutanix.conf"}])),
		"deny": set(),
	},
	"allowed: of another role": {
		"input": fixture.on(_target, fixture.machine_config_with_files([{"path": "/etc/kubernetes/manifests/apiserver-watcher.yaml"}])),
		"deny": set(),
	},
	"allowed: in an earlier release": {
		"input": fixture.on(_target, fixture.machine_config_with_files([{"path": "/etc/kubernetes/kubelet-ca.crt"}])),
		"deny": set(),
	},
	"allowed: a drop-in under its own name": {
		"input": fixture.on(_target, fixture.machine_config_with_units([_kubelet_with_dropin("90-site.conf")])),
		"deny": set(),
	},
	"allowed: a critical file and a critical unit, which other rules deny": {
		"input": fixture.on(_target, fixture.machine_config_with_ignition({
			"files": {"/etc/kubernetes/kubelet.conf": {"at": fixture.at("/spec/config/storage/files/0"), "path": "/etc/kubernetes/kubelet.conf"}},
			"units": {"crio.service": {
				"at": fixture.at("/spec/config/systemd/units/0"),
				"name": "crio.service",
				"mask": fixture.flag("/spec/config/systemd/units/0/mask", true),
			}},
		})),
		"deny": set(),
	},
	"allowed: a unit to which the operator only adds a drop-in": {
		"input": fixture.on(_target, fixture.machine_config_with_units([{
			"name": "zincati.service",
			"mask": fixture.flag("/spec/config/systemd/units/0/mask", true),
		}])),
		"deny": set(),
	},
	"allowed: empty contents, which write nothing": {
		"input": fixture.on(_target, fixture.machine_config_with_units([{
			"name": "kubens.service",
			"contents": fixture.text("/spec/config/systemd/units/0/contents", ""),
			"mask": fixture.flag("/spec/config/systemd/units/0/mask", false),
		}])),
		"deny": set(),
	},
	"allowed: enabled only": {
		"input": fixture.on(_target, fixture.machine_config_with_units([{
			"name": "kubens.service",
			"enabled": fixture.flag("/spec/config/systemd/units/0/enabled", true),
		}])),
		"deny": set(),
	},
	"allowed: no config": {"input": fixture.on(_target, fixture.machine_config({"ignition": null})), "deny": set()},
}

_target := {"release": "4.20", "platform": "vsphere"}

_finding(pointer, what) := {
	"at": fixture.at(pointer),
	"message": sprintf("%s belongs to the Machine Config Operator, whose own version no longer reaches the node", [what]),
}

_kubelet_with_dropin(name) := {
	"name": "kubelet.service",
	"dropins": [{"at": fixture.at("/spec/config/systemd/units/0/dropins/0"), "name": name}],
}
