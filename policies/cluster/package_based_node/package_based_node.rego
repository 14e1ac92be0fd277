# METADATA
# title: A node is not of RHEL CoreOS
# description: >-
#   A node runs Red Hat Enterprise Linux from packages. OpenShift manages no such nodes from
#   4.19 on: the cluster does not upgrade while it has them, and nothing updates them after it.
# custom:
#   subject: cluster_object
#   kinds: [Node]
#   severity: high
#   remediation: >-
#     Replace the node by one of RHEL CoreOS before the upgrade: drain it, delete the Node,
#     and add another.
#   since: 0.1.0
#   needs: [target.release]
#   tags: [upgrade]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/release_notes/ocp-4-19-release-notes
package rollgate.cluster.package_based_node

import data.rollgate.lib.result

deny contains finding if {
	os := input.cluster_object.status.nodeInfo.osImage
	is_string(os)
	startswith(os, "Red Hat Enterprise Linux")
	not startswith(os, "Red Hat Enterprise Linux CoreOS")
	releases := data.rollgate_tables.releases
	releases[input.target.release].order >= releases["4.19"].order
	finding := result.fail(
		result.at(input.cluster_object.at, ["status", "nodeInfo", "osImage"]),
		sprintf("node `%s` runs `%s`, which release %s does not manage", [input.cluster_object.name, os, input.target.release]),
	)
}
