# METADATA
# title: Tests of pool.invalid-rendered-config
package rollgate.pool.invalid_rendered_config_test

import data.rollgate.lib.fixture
import data.rollgate.pool.invalid_rendered_config as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a file that has no source after the merge": {
		"input": fixture.pool_with_problem(
			"overwrite_without_source",
			"/spec/config/storage/files/0",
			"`/etc/motd` has no source to write",
		),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0",
			"message": "the config rendered for pool `worker` is refused: `/etc/motd` has no source to write",
		}},
	},
	"allowed: a pool of the wrong type, which another rule judges": {
		"input": fixture.pool_with_problem("wrong_type", "/spec", "another problem"),
		"deny": set(),
	},
	"allowed: a file that only appends, which another rule denies": {
		"input": fixture.pool({
			"ignition": fixture.pool_with_files([{
				"path": "/etc/hosts",
				"contents": null,
				"append": [{"at": fixture.at("/spec/config/storage/files/0/append/0/source"), "scheme": "data"}],
			}]).pool.ignition,
			"problems": fixture.pool_with_problem(
				"overwrite_without_source",
				"/spec/config/storage/files/0",
				"`/etc/hosts` has no source to write",
			).pool.problems,
		}),
		"deny": set(),
	},
	"allowed: no problems": {"input": fixture.pool({}), "deny": set()},
}
