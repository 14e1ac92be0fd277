# METADATA
# title: Tests of machineconfig.critical-unit-command-replaced
package rollgate.machineconfig.critical_unit_command_replaced_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.critical_unit_command_replaced as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the command of the kubelet": {
		"input": _dropin("kubelet.service", ["Service", "ExecStart", "/usr/bin/kubelet"]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/dropins/0/contents:1", "message": "drop-in `10-site.conf` replaces the command of `kubelet.service` by that of one release"}},
	},
	"denied: as a file": {
		"input": _file("/etc/systemd/system/crio.service.d/10-site.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/crio\n"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "drop-in `10-site.conf` replaces the command of `crio.service` by that of one release"}},
	},
	"allowed: as a file, wrapped": {
		"input": _file("/etc/systemd/system/crio.service.d/10-site.conf", "[Service]\nExecStart=\nExecStart=nsenter \\\n  ${ORIG_EXECSTART}\n"),
		"deny": set(),
	},
	"allowed: as a file, a unit of one's own": {
		"input": _file("/etc/systemd/system/site.service.d/10-site.conf", "[Service]\nExecStart=/usr/bin/site\n"),
		"deny": set(),
	},
	"allowed: the command is wrapped": {
		"input": _dropin("kubelet.service", ["Service", "ExecStart", "bash -c \"nsenter --mount=/run/a ${ORIG_EXECSTART}\""]),
		"deny": set(),
	},
	"allowed: a variable": {
		"input": _dropin("kubelet.service", ["Service", "Environment", "A=b"]),
		"deny": set(),
	},
	"allowed: a unit of one's own": {
		"input": _dropin("site.service", ["Service", "ExecStart", "/usr/bin/site"]),
		"deny": set(),
	},
	"allowed: no units": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}

_dropin(name, row) := fixture.machine_config_with_units([{"name": name, "dropins": [{
	"at": fixture.at("/spec/config/systemd/units/0/dropins/0"),
	"name": "10-site.conf",
	"entries": fixture.entries("/spec/config/systemd/units/0/dropins/0/contents", [row]),
}]}])

_file(path, text) := fixture.machine_config_with_files([{"path": path, "contents": fixture.contents(0, text)}])
