# METADATA
# title: Tests of pool.kernel-argument-weakens-node
package rollgate.pool.kernel_argument_weakens_node_test

import data.rollgate.lib.fixture
import data.rollgate.pool.kernel_argument_weakens_node as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: SELinux permissive": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "enforcing=0"]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/1",
			"message": "kernel argument `enforcing=0` makes SELinux permissive, so that a container is no longer confined",
		}},
	},
	"denied: two words of one entry": {
		"input": fixture.pool_with_kernel_arguments(["init=/bin/sh rd.break=pre-mount"]),
		"deny": {
			{
				"at": "MachineConfig/99-worker#/spec/kernelArguments/0",
				"message": "kernel argument `init=/bin/sh` replaces the first process of the node",
			},
			{
				"at": "MachineConfig/99-worker#/spec/kernelArguments/0",
				"message": "kernel argument `rd.break=pre-mount` stops the boot in a shell",
			},
		},
	},
	"denied: in the Ignition config": {
		"input": fixture.pool_with_ignition({"kernel_arguments_should_exist": fixture.texts("/spec/config/kernelArguments/shouldExist", ["selinux=0"])}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/kernelArguments/shouldExist/0",
			"message": "kernel argument `selinux=0` switches SELinux off, so that a container is no longer confined",
		}},
	},
	"allowed: protections left on": {
		"input": fixture.pool_with_kernel_arguments(["audit=1", "enforcing=1", "systemd.unit=multi-user.target"]),
		"deny": set(),
	},
	"allowed: no kernel arguments": {"input": fixture.pool({}), "deny": set()},
}
