# METADATA
# title: Tests of the settings of a systemd unit
package rollgate.lib.unit_test

import data.rollgate.lib.fixture
import data.rollgate.lib.unit

test_values_since_the_last_reset if {
	_commands([["Service", "ExecStart", "/a"]]) == ["/a"]
	_commands([["Service", "ExecStart", "/a"], ["Service", "ExecStart", ""], ["Service", "ExecStart", "/b"], ["Service", "ExecStart", "/c"]]) == ["/b", "/c"]
	_commands([["Unit", "ExecStart", "/a"]]) == []
}

test_service_type if {
	unit.service_type(_unit([["Service", "Type", "exec"], ["Service", "Type", "notify"]])) == "notify"
	unit.service_type(_unit([["Service", "BusName", "a.b"]])) == "dbus"
	unit.service_type(_unit([["Service", "ExecStart", "/a"]])) == "simple"
	unit.service_type(_unit([])) == "oneshot"
}

test_is_true if {
	unit.is_true({"value": "Yes"})
	not unit.is_true({"value": "no"})
}

test_program if {
	unit.program("-@/bin/a b") == "/bin/a"
	unit.program(`"/opt/my tool" b`) == "/opt/my tool"
	not unit.program("")
}

test_runners if {
	ignition := {"units": {"a.service": _unit([["Service", "ExecStart", "/bin/a b"]])}}
	unit.runners(ignition, "/bin/a") == {{"unit": "a.service", "key": "ExecStart", "at": "MachineConfig/99-worker#/contents:1"}}
	unit.runners(ignition, "b") == set()
}

_unit(rows) := {"name": "a.service", "entries": fixture.entries("/contents", rows)}

_commands(rows) := [entry.value | some entry in unit.values(_unit(rows), "Service", "ExecStart")]
