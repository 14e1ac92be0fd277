# METADATA
# title: Tests of cluster.control-group-version-1
package rollgate.cluster.control_group_version_1_test

import data.rollgate.cluster.control_group_version_1 as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: removed": {
		"input": fixture.on({"release": "4.19"}, _nodes({"cgroupMode": "v1"})),
		"deny": {{"at": "Node/example#/spec/cgroupMode", "message": "release 4.19 has no control groups of version 1"}},
	},
	"allowed: before": {"input": fixture.on({"release": "4.18"}, _nodes({"cgroupMode": "v1"})), "deny": set()},
	"allowed: version 2": {"input": fixture.on({"release": "4.20"}, _nodes({"cgroupMode": "v2"})), "deny": set()},
	"allowed: a machine": {"input": fixture.on({"release": "4.20"}, _nodes({"unschedulable": true})), "deny": set()},
	"allowed: no spec": {"input": fixture.on({"release": "4.20"}, _nodes(null)), "deny": set()},
}

_nodes(spec) := fixture.object_of("Node", spec)
