# METADATA
# title: Tests of pool.fips-not-undone
package rollgate.pool.fips_not_undone_test

import data.rollgate.lib.fixture
import data.rollgate.pool.fips_not_undone as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: false": {
		"input": _pool({}),
		"deny": {{"at": "MachineConfig/99-worker#/spec/fips", "message": "`fips: false` has no effect in pool `worker`, where another MachineConfig says true"}},
	},
	"allowed: written by the operator": {
		"input": _pool({"machine_configs": [{"at": fixture.at(""), "name": "99-worker", "generated": true, "merged": true}]}),
		"deny": set(),
	},
	"allowed: nowhere true": {
		"input": _pool({"fips": fixture.flag("/spec/fips", false)}),
		"deny": set(),
	},
	"allowed: none": {
		"input": fixture.pool({}),
		"deny": set(),
	},
}

_pool(changes) := fixture.pool(object.union(
	{
		"fips": {"at": "MachineConfig/98-worker#/spec/fips", "value": true},
		"fips_settings": [
			{"at": "MachineConfig/98-worker#/spec/fips", "value": true},
			fixture.flag("/spec/fips", false),
		],
	},
	changes,
))
