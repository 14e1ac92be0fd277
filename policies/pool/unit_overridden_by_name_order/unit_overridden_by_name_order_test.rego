# METADATA
# title: Tests of pool.unit-overridden-by-name-order
package rollgate.pool.unit_overridden_by_name_order_test

import data.rollgate.lib.fixture
import data.rollgate.pool.unit_overridden_by_name_order as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: two states": {
		"input": _pool({}),
		"deny": {{"at": "MachineConfig/20-site#/spec/config/systemd/units/0/enabled", "message": "`enabled` of unit `site.service` in MachineConfig `100-site` is overridden by `20-site`, because that name sorts later"}},
	},
	"denied: two drop-ins of one name": {
		"input": _pool({"field": "contents", "dropin": "10-site.conf"}),
		"deny": {{"at": "MachineConfig/20-site#/spec/config/systemd/units/0/enabled", "message": "drop-in `10-site.conf` of unit `site.service` in MachineConfig `100-site` is overridden by `20-site`, because that name sorts later"}},
	},
	"allowed: the same": {"input": _pool({"same_value": true}), "deny": set()},
	"allowed: the role decides": {"input": _pool({"by_name": false}), "deny": set()},
	"allowed: what the operator generates": {"input": _pool({"loser_generated": true}), "deny": set()},
	"allowed: no units": {"input": fixture.pool({}), "deny": set()},
}

_pool(changes) := fixture.pool({"shadowed_units": [object.union(
	{
		"unit": "site.service",
		"field": "enabled",
		"at": "MachineConfig/20-site#/spec/config/systemd/units/0/enabled",
		"winner": "20-site",
		"loser_at": "MachineConfig/100-site#/spec/config/systemd/units/0/enabled",
		"loser": "100-site",
		"loser_generated": false,
		"by_name": true,
		"same_value": false,
	},
	changes,
)]})
