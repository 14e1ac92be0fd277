# METADATA
# title: Tests of machineconfig.needed-module-blocked
package rollgate.machineconfig.needed_module_blocked_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.needed_module_blocked as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: by modprobe": {
		"input": _file("/etc/modprobe.d/cis.conf", "install cramfs /bin/true\n  install\toverlay /usr/bin/false\n"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source", "message": "file `/etc/modprobe.d/cis.conf` keeps the kernel module `overlay` out, so CRI-O starts no container"}},
	},
	"denied: by the kernel": {
		"input": fixture.machine_config({"kernel_arguments": fixture.texts("/spec/kernelArguments", ["quiet module_blacklist=irdma,nf-nat"])}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/0", "message": "kernel argument `module_blacklist=irdma,nf-nat` keeps the kernel module `nf_nat` out, so pods have no network"}},
	},
	"allowed: modules that no node needs": {
		"input": _file("/etc/modprobe.d/cis.conf", "install cramfs /bin/true\ninstall overlayfs /bin/true\n# install overlay /bin/true\ninstall veth /sbin/modprobe --ignore-install veth\n"),
		"deny": set(),
	},
	"allowed: loaded by its name all the same": {
		"input": _file("/etc/modprobe.d/cis.conf", "blacklist overlay\n"),
		"deny": set(),
	},
	"allowed: another folder": {
		"input": _file("/etc/site/cis.conf", "install overlay /bin/true\n"),
		"deny": set(),
	},
	"allowed: no files": {
		"input": fixture.machine_config({"ignition": null}),
		"deny": set(),
	},
}

_file(path, text) := fixture.machine_config_with_files([{"path": path, "contents": fixture.contents(0, text)}])
