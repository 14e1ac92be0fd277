# METADATA
# title: Tests of machineconfig.remote-ignition-reference
package rollgate.machineconfig.remote_ignition_reference_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.remote_ignition_reference as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: merged": {
		"input": _reference(false),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/ignition/config/merge/0",
			"message": "another Ignition config, of scheme `https`, is merged in; running nodes ignore it",
		}},
	},
	"denied: replaced": {
		"input": _reference(true),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/ignition/config/merge/0",
			"message": "another Ignition config, of scheme `https`, is put in place of this one; running nodes ignore it",
		}},
	},
	"allowed: no references": {"input": fixture.machine_config({}), "deny": set()},
}

_reference(replace) := fixture.machine_config_with_ignition({"references": [{
	"at": fixture.at("/spec/config/ignition/config/merge/0"),
	"replace": replace,
	"scheme": "https",
}]})
