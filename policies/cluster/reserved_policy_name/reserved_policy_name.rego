# METADATA
# title: An image policy has a name that is reserved
# description: >-
#   The names of cluster image policies that begin with `openshift` are the release's own:
#   `openshift` verifies the images of the release, from 4.21 on by default. Later releases may
#   bring one of this name, and replace it.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy]
#   severity: low
#   remediation: >-
#     Rename the policy.
#   since: 0.1.0
#   tags: [signature]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/nodes/nodes-sigstore-using
package rollgate.cluster.reserved_policy_name

import data.rollgate.lib.result

deny contains finding if {
	name := input.cluster_object.name
	startswith(name, "openshift")
	name != "openshift" # which is the release's, where the input is what a cluster has
	finding := result.fail(
		result.at(input.cluster_object.at, ["metadata", "name"]),
		sprintf("`%s` begins with `openshift`, as only the release's own policies do", [name]),
	)
}
