# METADATA
# title: Tests of machineconfig.unknown-api-version
package rollgate.machineconfig.unknown_api_version_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.unknown_api_version as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: v1beta1": {
		"input": fixture.machine_config_with_problem("unknown_api_version", "/apiVersion", "no cluster serves MachineConfig in `machineconfiguration.openshift.io/v1beta1`"),
		"deny": {{"at": "MachineConfig/99-worker#/apiVersion", "message": "no cluster serves MachineConfig in `machineconfiguration.openshift.io/v1beta1`"}},
	},
	"allowed: a problem of another kind": {
		"input": fixture.machine_config_with_problem("unknown_field", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.machine_config({}), "deny": set()},
}
