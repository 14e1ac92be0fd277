# METADATA
# title: Tests of machineconfig.invalid-unit-reference
package rollgate.machineconfig.invalid_unit_reference_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.invalid_unit_reference as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: in Install": {
		"input": _unit("a.service", [["Install", "WantedBy", "multi-user"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "`WantedBy` of unit `a.service` names `multi-user`, which is no unit"}},
	},
	"denied: one of several": {
		"input": _unit("a.service", [["Unit", "After", "crio.service  kubelet"]]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "`After` of unit `a.service` names `kubelet`, which is no unit"}},
	},
	"allowed: whole names": {
		"input": _unit("a.service", [["Unit", "After", "crio.service kubelet.service"], ["Install", "WantedBy", "multi-user.target"]]),
		"deny": set(),
	},
	"allowed: a specifier": {
		"input": _unit("a.service", [["Unit", "BindsTo", "dev-%i.device %i"]]),
		"deny": set(),
	},
	"allowed: no dependencies": {
		"input": _unit("a.service", [["Unit", "Description", "multi-user"]]),
		"deny": set(),
	},
}

_unit(name, rows) := fixture.machine_config_with_units([{
	"name": name,
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", rows),
}])
