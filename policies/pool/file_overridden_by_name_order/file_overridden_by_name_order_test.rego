# METADATA
# title: Tests of pool.file-overridden-by-name-order
package rollgate.pool.file_overridden_by_name_order_test

import data.rollgate.lib.fixture
import data.rollgate.pool.file_overridden_by_name_order as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: other contents": {
		"input": _pool({}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents",
			"message": "file `/etc/motd` of MachineConfig `100-worker` is overridden by `99-worker`, because that name sorts later",
		}},
	},
	"allowed: the same contents": {"input": _pool({"same_contents": true}), "deny": set()},
	"allowed: another role decides": {"input": _pool({"by_name": false}), "deny": set()},
	"allowed: a generated file, which another rule judges": {"input": _pool({"loser_generated": true}), "deny": set()},
	"allowed: no file is written twice": {"input": fixture.pool({}), "deny": set()},
}

_pool(changes) := fixture.pool({"shadowed_files": [object.union(
	{
		"path": "/etc/motd",
		"at": fixture.at("/spec/config/storage/files/0/contents"),
		"winner": "99-worker",
		"loser_at": "MachineConfig/100-worker#/spec/config/storage/files/0/contents",
		"loser": "100-worker",
		"loser_generated": false,
		"by_name": true,
		"same_contents": false,
	},
	changes,
)]})
