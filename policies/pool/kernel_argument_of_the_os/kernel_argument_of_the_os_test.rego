# METADATA
# title: Tests of pool.kernel-argument-of-the-os
package rollgate.pool.kernel_argument_of_the_os_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_argument_of_the_os as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the first boot": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "ignition.firstboot"]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/kernelArguments/1", "message": "kernel argument `ignition.firstboot` is set by the operating system for each boot entry"}},
	},
	"allowed: multipath": {
		"input": fixture.pool_with_kernel_arguments(["rd.multipath=default", "root=/dev/disk/by-label/dm-mpath-root"]),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}
