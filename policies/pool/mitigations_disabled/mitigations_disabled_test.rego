# METADATA
# title: Tests of pool.mitigations-disabled
package rollgate.pool.mitigations_disabled_test

import data.rollgate.pool.mitigations_disabled as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: mitigations=off": {
		"input": _pool_with(["audit=1", "mitigations=off"]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/1",
			"message": "kernel argument `mitigations=off` disables CPU mitigations",
		}},
	},
	"denied: hidden in an entry of several words": {
		"input": _pool_with(["quiet nopti"]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/kernelArguments/0",
			"message": "kernel argument `nopti` disables CPU mitigations",
		}},
	},
	"allowed: mitigations chosen by the kernel": {
		"input": _pool_with(["mitigations=auto,nosmt"]),
		"deny": set(),
	},
	"allowed: no kernel arguments": {"input": _pool_with([]), "deny": set()},
}

_pool_with(arguments) := {
	"version": "1",
	"target": {},
	"pool": {
		"at": "MachineConfigPool/worker#",
		"name": "worker",
		"declared": false,
		"complete": true,
		"kernel_arguments": [_argument(i, text) | some i, text in arguments],
	},
}

_argument(i, text) := {"at": sprintf("MachineConfig/99-worker#/spec/kernelArguments/%d", [i]), "text": text}
