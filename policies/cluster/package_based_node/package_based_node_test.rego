# METADATA
# title: Tests of cluster.package-based-node
package rollgate.cluster.package_based_node_test

import data.rollgate.cluster.package_based_node as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: of packages": {
		"input": fixture.on({"release": "4.19"}, _node("Red Hat Enterprise Linux 8.10 (Ootpa)")),
		"deny": {{"at": "Node/example#/status/nodeInfo/osImage", "message": "node `example` runs `Red Hat Enterprise Linux 8.10 (Ootpa)`, which release 4.19 does not manage"}},
	},
	"allowed: before": {"input": fixture.on({"release": "4.18"}, _node("Red Hat Enterprise Linux 8.10 (Ootpa)")), "deny": set()},
	"allowed: CoreOS": {"input": fixture.on({"release": "4.20"}, _node("Red Hat Enterprise Linux CoreOS 9.6.20251125-1 (Plow)")), "deny": set()},
	"allowed: Windows": {"input": fixture.on({"release": "4.20"}, _node("Windows Server 2022 Datacenter")), "deny": set()},
	"allowed: no status": {"input": fixture.on({"release": "4.20"}, fixture.object_of("Node", {})), "deny": set()},
}

_node(os) := fixture.cluster_object_of("Node", {"status": {"nodeInfo": {"osImage": os}}})
