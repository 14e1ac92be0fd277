# METADATA
# title: Tests of machineconfig.ignored-config-reference
package rollgate.machineconfig.ignored_config_reference_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.ignored_config_reference as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: merge": {
		"input": _with_reference(false, "https"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/ignition/config/merge/0", "message": "another Ignition config is merged over `https`: new nodes follow it, running ones never do"}},
	},
	"denied: replace": {
		"input": _with_reference(true, "http"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/ignition/config/merge/0", "message": "another Ignition config is put in place of this one over `http`: new nodes follow it, running ones never do"}},
	},
	"allowed: a reference to nothing, as programs write it": {"input": _with_reference(true, ""), "deny": set()},
	"allowed: no references": {"input": fixture.machine_config({}), "deny": set()},
}

_with_reference(replace, scheme) := fixture.machine_config_with_ignition({"references": [{
	"at": fixture.at("/spec/config/ignition/config/merge/0"),
	"replace": replace,
	"scheme": scheme,
}]})
