# METADATA
# title: Tests of cluster.pool-names-rendered-config
package rollgate.cluster.pool_names_rendered_config_test

import data.rollgate.cluster.pool_names_rendered_config as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a manifest": {
		"input": _pool({"spec": {"configuration": {"name": "rendered-infra-1"}}}),
		"deny": {{"at": "MachineConfigPool/example#/spec/configuration/name", "message": "pool `example` is told to run `rendered-infra-1`, which the operator decides"}},
	},
	"allowed: of a cluster": {"input": _pool({"spec": {"configuration": {"name": "rendered-infra-1"}}, "status": {"machineCount": 1}}), "deny": set()},
	"allowed: empty": {"input": _pool({"spec": {"configuration": {"name": ""}}}), "deny": set()},
	"allowed: not written": {"input": _pool({"spec": {}}), "deny": set()},
}

_pool(facts) := fixture.cluster_object_of("MachineConfigPool", facts)
