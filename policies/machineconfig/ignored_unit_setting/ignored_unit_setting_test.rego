# METADATA
# title: Tests of machineconfig.ignored-unit-setting
package rollgate.machineconfig.ignored_unit_setting_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ignored_unit_setting as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the problem": {
		"input": fixture.machine_config_with_problem("ignored_unit_setting", "/spec/config/systemd/units/0/contents:3", "systemd ignores a line of `a.service`: `[Service]` has no key `ExcStart`; did you mean `ExecStart`?"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:3", "message": "systemd ignores a line of `a.service`: `[Service]` has no key `ExcStart`; did you mean `ExecStart`?"}},
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
