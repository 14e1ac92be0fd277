# METADATA
# title: Tests of machineconfig.unavailable-kernel-type
package rollgate.machineconfig.unavailable_kernel_type_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unavailable_kernel_type as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: before it was shipped": {
		"input": _on("4.14", "aarch64", "64k-pages"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "kernelType `64k-pages` is not shipped for this release and stream: nodes fail to install it"}},
	},
	"allowed: shipped": {"input": _on("4.15", "aarch64", "64k-pages"), "deny": set()},
	"allowed: the default kernel": {"input": _on("4.14", "aarch64", "default"), "deny": set()},
	"allowed: of another architecture, which another rule denies": {"input": _on("4.14", "x86_64", "64k-pages"), "deny": set()},
	"allowed: no kernel type": {"input": fixture.on(_target("4.14", "aarch64"), fixture.machine_config({})), "deny": set()},
}

_on(release, architecture, kernel_type) := fixture.on(_target(release, architecture), fixture.machine_config({"kernel_type": fixture.text(
	"/spec/kernelType",
	kernel_type,
)}))

_target(release, architecture) := {"release": release, "stream": "rhel-9", "architecture": architecture}
