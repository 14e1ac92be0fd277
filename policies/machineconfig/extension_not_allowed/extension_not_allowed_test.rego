# METADATA
# title: Tests of machineconfig.extension-not-allowed
package rollgate.machineconfig.extension_not_allowed_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.extension_not_allowed as rule

test_cases if {
	every case in cases {
		parameters := object.union(data.parameters, object.get(case, "parameters", {}))
		actual := rule.deny with input as case.input with data.parameters as parameters
		actual == case.deny
	}
}

cases := {
	"allowed: any extension by default": {"input": _extensions(["usbguard"]), "deny": set()},
	"denied: not on the list": {
		"input": _extensions(["usbguard", "kerberos"]),
		"parameters": {"allowed_extensions": ["usbguard"]},
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/1", "message": "extension `kerberos` is not allowed"}},
	},
	"denied: none is allowed": {
		"input": _extensions(["usbguard"]),
		"parameters": {"allowed_extensions": []},
		"deny": {{"at": "MachineConfig/99-worker#/spec/extensions/0", "message": "extension `usbguard` is not allowed"}},
	},
	"allowed: no extension": {
		"input": fixture.machine_config({}),
		"parameters": {"allowed_extensions": []},
		"deny": set(),
	},
}

_extensions(names) := fixture.machine_config({"extensions": fixture.texts("/spec/extensions", names)})
