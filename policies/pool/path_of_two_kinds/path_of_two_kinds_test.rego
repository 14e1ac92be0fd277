# METADATA
# title: Tests of pool.path-of-two-kinds
package rollgate.pool.path_of_two_kinds_test

import data.rollgate.lib.fixture
import data.rollgate.pool.path_of_two_kinds as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a link instead of a file": {
		"input": _pool({}),
		"deny": {{"at": "MachineConfig/99-b#/spec/config/storage/links/0/path", "message": "file `/etc/site.conf` of MachineConfig `98-a` reaches no node of pool `worker`, because `99-b` makes the path a link"}},
	},
	"allowed: what the operator generates": {"input": _pool({"loser_generated": true}), "deny": set()},
	"allowed: every path is written once": {"input": fixture.pool({}), "deny": set()},
}

_pool(changes) := fixture.pool({"replaced_paths": [object.union(
	{
		"path": "/etc/site.conf",
		"at": "MachineConfig/99-b#/spec/config/storage/links/0/path",
		"kind": "link",
		"winner": "99-b",
		"loser_at": "MachineConfig/98-a#/spec/config/storage/files/0/path",
		"loser_kind": "file",
		"loser": "98-a",
		"loser_generated": false,
	},
	changes,
)]})
