# METADATA
# title: Tests of machineconfig.role-without-pool
package rollgate.machineconfig.role_without_pool_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.role_without_pool as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a misspelt role": {
		"input": _machine_config("worler", true),
		"deny": {{
			"at": "MachineConfig/99-worker#/metadata/labels/machineconfiguration.openshift.io~1role",
			"message": "no MachineConfigPool selects the role `worler`, so this reaches no node",
		}},
	},
	"denied: a built-in role whose pool selects something else": {
		"input": _machine_config("master", true),
		"deny": {{
			"at": "MachineConfig/99-worker#/metadata/labels/machineconfiguration.openshift.io~1role",
			"message": "no MachineConfigPool selects the role `master`, so this reaches no node",
		}},
	},
	"allowed: an empty role, which another rule judges": {"input": _machine_config("", true), "deny": set()},
	"allowed: no pools in the input": {"input": _machine_config("infra", false), "deny": set()},
	"allowed: no role, which another rule judges": {
		"input": fixture.machine_config({"role": null, "pools": []}),
		"deny": set(),
	},
	"allowed: a pool selects it": {"input": fixture.machine_config({}), "deny": set()},
}

_machine_config(role, declared) := fixture.machine_config({
	"role": fixture.text("/metadata/labels/machineconfiguration.openshift.io~1role", role),
	"pools": [],
	"pools_declared": declared,
})
