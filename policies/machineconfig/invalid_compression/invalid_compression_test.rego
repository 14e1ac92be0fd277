# METADATA
# title: Tests of machineconfig.invalid-compression
package rollgate.machineconfig.invalid_compression_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_compression as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: xz": {
		"input": fixture.machine_config_with_problem("invalid_compression", "/spec/config/storage/files/0/contents/compression", "compression `xz` is not `gzip`"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/compression", "message": "compression `xz` is not `gzip`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
