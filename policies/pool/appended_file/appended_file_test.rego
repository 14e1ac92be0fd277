# METADATA
# title: Tests of pool.appended-file
package rollgate.pool.appended_file_test

import data.rollgate.lib.fixture
import data.rollgate.pool.appended_file as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: on day 2": {
		"input": fixture.on({"day": 2}, _appending({})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/append/0/source", "message": "running nodes cannot append to `/etc/hosts`: the pool stops rendering"}},
	},
	"denied: nothing but `append`, on day 1": {
		"input": fixture.on({"day": 1}, _appending({"contents": null})),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/append/0/source", "message": "the operator has no contents to append to in `/etc/hosts`: the pool stops rendering"}},
	},
	"allowed: to contents, on day 1": {"input": fixture.on({"day": 1}, _appending({})), "deny": set()},
	"allowed: nothing is appended": {"input": fixture.on({"day": 2}, fixture.pool_with_files([{"path": "/etc/hosts"}])), "deny": set()},
	"allowed: no config": {"input": fixture.on({"day": 2}, fixture.pool({"ignition": null})), "deny": set()},
}

_appending(changes) := fixture.pool_with_files([object.union(
	{
		"path": "/etc/hosts",
		"append": [{"at": fixture.at("/spec/config/storage/files/0/append/0/source"), "scheme": "data"}],
	},
	changes,
)])
