# METADATA
# title: Tests of pool.control-group-version-1
package rollgate.pool.control_group_version_1_test

import data.rollgate.lib.fixture
import data.rollgate.pool.control_group_version_1 as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: from 4.19": {
		"input": _on("4.19"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/0", "message": "kernel argument `systemd.unified_cgroup_hierarchy=0` asks for control groups of version 1, which release 4.19 does not have"}},
	},
	"allowed: before": {
		"input": _on("4.18"),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.on({"release": "4.20"}, fixture.pool({})),
		"deny": set(),
	},
}

_on(release) := fixture.on({"release": release}, fixture.pool_with_kernel_arguments(["systemd.unified_cgroup_hierarchy=0"]))
