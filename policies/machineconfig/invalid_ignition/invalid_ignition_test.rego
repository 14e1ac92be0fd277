# METADATA
# title: Tests of machineconfig.invalid-ignition
package rollgate.machineconfig.invalid_ignition_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_ignition as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: proxy without scheme": {
		"input": fixture.machine_config_with_problem("invalid_ignition", "/spec/config/ignition/proxy/httpProxy", "proxy `proxy.example.com` is not an `http` or `https` URL"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/ignition/proxy/httpProxy", "message": "proxy `proxy.example.com` is not an `http` or `https` URL"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
