# METADATA
# title: Tests of machineconfig.critical-unit-rewritten
package rollgate.machineconfig.critical_unit_rewritten_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.critical_unit_rewritten as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: contents": {
		"input": fixture.machine_config_with_units([{
			"name": "kubelet.service",
			"contents": fixture.text("/spec/config/systemd/units/0/contents", "[Service]\n"),
		}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents", "message": "unit `kubelet.service` is replaced: what the release changes in it no longer reaches the node"}},
	},
	"denied: as a file": {
		"input": fixture.machine_config_with_files([{"path": "/etc/systemd/system/crio.service"}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "unit `crio.service` is replaced: what the release changes in it no longer reaches the node"}},
	},
	"denied: as a link": {
		"input": fixture.machine_config_with_ignition({"links": [{
			"at": fixture.at("/spec/config/storage/links/0"),
			"path": "/etc/systemd/system/crio.service",
			"target": "/etc/site/crio.service",
			"hard": false,
		}]}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/links/0", "message": "unit `crio.service` is replaced: what the release changes in it no longer reaches the node"}},
	},
	"allowed: a link that masks, which another rule judges": {
		"input": fixture.machine_config_with_ignition({"links": [{
			"at": fixture.at("/spec/config/storage/links/0"),
			"path": "/etc/systemd/system/crio.service",
			"target": "/dev/null",
			"hard": false,
		}]}),
		"deny": set(),
	},
	"allowed: empty contents, which write nothing": {
		"input": fixture.machine_config_with_units([{
			"name": "kubelet.service",
			"contents": fixture.text("/spec/config/systemd/units/0/contents", ""),
		}]),
		"deny": set(),
	},
	"allowed: no contents": {"input": fixture.machine_config_with_units([{"name": "kubelet.service"}]), "deny": set()},
	"allowed: generated": {
		"input": fixture.machine_config({
			"generated": true,
			"ignition": fixture.machine_config_with_files([{"path": "/etc/systemd/system/crio.service"}]).machine_config.ignition,
		}),
		"deny": set(),
	},
	"allowed: a drop-in as a file": {"input": fixture.machine_config_with_files([{"path": "/etc/systemd/system/crio.service.d/90-site.conf"}]), "deny": set()},
	"allowed: no units": {"input": fixture.machine_config({}), "deny": set()},
}
