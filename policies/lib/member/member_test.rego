# METADATA
# title: Tests of the MachineConfigs of a pool
package rollgate.lib.member_test

import data.rollgate.lib.member

test_generated if {
	member.generated(_pool, "MachineConfig/00-worker#/spec/fips")
	not member.generated(_pool, "MachineConfig/99-worker#/spec/fips")
	not member.generated(_pool, "MachineConfigPool/worker#")
}

test_depends_on_others if {
	member.depends_on_others(_pool, "MachineConfig/75-service#/spec/config/systemd/units/0")
	not member.depends_on_others(_pool, "MachineConfig/99-worker#/spec/config/systemd/units/0")
}

_pool := {"machine_configs": [
	{"at": "MachineConfig/00-worker#", "generated": true},
	{"at": "MachineConfig/75-service#", "generated": false, "depends_on": ["package_usbguard_installed"]},
	{"at": "MachineConfig/99-worker#", "generated": false},
]}
