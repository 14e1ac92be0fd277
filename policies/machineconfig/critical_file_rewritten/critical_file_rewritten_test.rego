# METADATA
# title: Tests of machineconfig.critical-file-rewritten
package rollgate.machineconfig.critical_file_rewritten_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.critical_file_rewritten as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: kubelet.conf": {
		"input": fixture.machine_config_with_files([{"path": "/etc/kubernetes/kubelet.conf"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/kubernetes/kubelet.conf` replaces what holds the node to the cluster"}},
	},
	"allowed: generated": {
		"input": fixture.machine_config({
			"generated": true,
			"ignition": fixture.machine_config_with_files([{"path": "/etc/kubernetes/kubelet.conf"}]).machine_config.ignition,
		}),
		"deny": set(),
	},
	"allowed: another file": {"input": fixture.machine_config_with_files([{"path": "/etc/crio/crio.conf.d/90-site.conf"}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}
