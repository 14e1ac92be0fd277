# METADATA
# title: The nodes are configured for control groups of version 1
# description: >-
#   The object `cluster` of nodes.config.openshift.io asks for version 1 of control groups,
#   which OpenShift removed in 4.19. The cluster does not upgrade to it, and from then on the
#   value is refused.
# custom:
#   subject: cluster_object
#   kinds: [Node]
#   severity: high
#   remediation: >-
#     Set `cgroupMode` to `v2`, or remove it, and let the nodes restart before the upgrade.
#     Workloads that read `/sys/fs/cgroup` themselves have to know version 2.
#   since: 0.1.0
#   needs: [target.release]
#   tags: [kernel, upgrade]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/nodes/nodes-cluster-cgroups-2
#     - https://github.com/openshift/api/blob/master/config/v1/types_node.go
package rollgate.cluster.control_group_version_1

import data.rollgate.lib.result

deny contains finding if {
	input.cluster_object.spec.cgroupMode == "v1"
	releases := data.rollgate_tables.releases
	releases[input.target.release].order >= releases["4.19"].order
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "cgroupMode"]),
		sprintf("release %s has no control groups of version 1", [input.target.release]),
	)
}
