# METADATA
# title: Tests of machineconfig.kernel-type-for-architecture
package rollgate.machineconfig.kernel_type_for_architecture_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.kernel_type_for_architecture as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: large pages on x86_64": {
		"input": fixture.on({"architecture": "x86_64"}, _with_kernel_type("64k-pages")),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "kernelType `64k-pages` exists for aarch64 only: nodes fail to install it"}},
	},
	"denied: realtime on aarch64": {
		"input": fixture.on({"architecture": "aarch64"}, _with_kernel_type("realtime")),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelType", "message": "kernelType `realtime` exists for x86_64 only: nodes fail to install it"}},
	},
	"allowed: realtime on x86_64": {"input": fixture.on({"architecture": "x86_64"}, _with_kernel_type("realtime")), "deny": set()},
	"allowed: default": {"input": fixture.on({"architecture": "s390x"}, _with_kernel_type("default")), "deny": set()},
	"allowed: not a kernel type, which another rule denies": {"input": fixture.on({"architecture": "x86_64"}, _with_kernel_type("rt")), "deny": set()},
	"allowed: no kernel type": {"input": fixture.on({"architecture": "aarch64"}, fixture.machine_config({})), "deny": set()},
}

_with_kernel_type(name) := fixture.machine_config({"kernel_type": fixture.text("/spec/kernelType", name)})
