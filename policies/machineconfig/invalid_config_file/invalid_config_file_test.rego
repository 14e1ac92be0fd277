# METADATA
# title: Tests of machineconfig.invalid-config-file
package rollgate.machineconfig.invalid_config_file_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_config_file as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.machine_config_with_problem("invalid_config_file", "/spec/config/storage/files/0/contents/source:2", "`/etc/crio/crio.conf.d/99-site` does not parse: not TOML: invalid string"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents/source:2", "message": "`/etc/crio/crio.conf.d/99-site` does not parse: not TOML: invalid string"}},
	},
	"allowed: another problem": {
		"input": fixture.machine_config_with_problem("wrong_type", "/spec/fips", "`fips` takes a boolean"),
		"deny": set(),
	},
	"allowed: no problem": {
		"input": fixture.machine_config({}),
		"deny": set(),
	},
}
