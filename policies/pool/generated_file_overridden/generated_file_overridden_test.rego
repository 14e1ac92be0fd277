# METADATA
# title: Tests of pool.generated-file-overridden
package rollgate.pool.generated_file_overridden_test

import data.rollgate.lib.fixture
import data.rollgate.pool.generated_file_overridden as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: the file of a ContainerRuntimeConfig": {
		"input": _pool({}, false),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/contents",
			"message": "file `/etc/crio/crio.conf.d/01-ctrcfg-pidsLimit`, which the operator generates in `99-worker-generated-containerruntime`, is overridden by `99-worker`",
		}},
	},
	"allowed: generated over generated": {"input": _pool({}, true), "deny": set()},
	"allowed: not generated, which another rule judges": {"input": _pool({"loser_generated": false}, false), "deny": set()},
	"allowed: a file of the templates, which another rule judges": {
		"input": _pool({"path": "/etc/containers/registries.conf"}, false),
		"deny": set(),
	},
	"allowed: no file is written twice": {"input": fixture.pool({}), "deny": set()},
}

_pool(changes, winner_generated) := fixture.pool({
	"machine_configs": [{
		"at": fixture.at(""),
		"name": "99-worker",
		"generated": winner_generated,
		"merged": true,
	}],
	"shadowed_files": [object.union(
		{
			"path": "/etc/crio/crio.conf.d/01-ctrcfg-pidsLimit",
			"at": fixture.at("/spec/config/storage/files/0/contents"),
			"winner": "99-worker",
			"loser_at": "MachineConfig/99-worker-generated-containerruntime#/spec/config/storage/files/0/contents",
			"loser": "99-worker-generated-containerruntime",
			"loser_generated": true,
			"by_name": true,
			"same_contents": false,
		},
		changes,
	)],
})
