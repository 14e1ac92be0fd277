# METADATA
# title: A node takes an unreasonable number of pods
# description: >-
#   maxPods lets a node take fewer pods than the platform's own, or more than OpenShift is tested
#   with. Nodes that take too few lose what runs on them; nodes that take too many run out of
#   addresses and time.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: medium
#   remediation: >-
#     Set `maxPods` to a number that the pod network has addresses for; 250 is the default.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   parameters:
#     max_pods:
#       description: How many pods a node may be told to take; OpenShift is tested with 2500.
#       type: integer
#       minimum: 20
#       maximum: 10000
#       default: 2500
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/scalability_and_performance/planning-your-environment-according-to-object-maximums
package rollgate.cluster.unreasonable_max_pods

import data.rollgate.lib.result

deny contains finding if {
	pods := input.cluster_object.spec.kubeletConfig.maxPods
	is_number(pods)
	most := data.parameters.max_pods
	not _reasonable(pods, most)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "maxPods"]),
		sprintf("maxPods `%v` is not from %v to %v", [pods, _fewest, most]),
	)
}

_reasonable(pods, most) if {
	pods >= _fewest
	pods <= most
}

# The platform's own pods on a node: network, DNS, monitoring, logging, storage.
_fewest := 20
