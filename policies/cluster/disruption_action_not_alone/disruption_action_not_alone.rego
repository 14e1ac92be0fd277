# METADATA
# title: An action that excludes all others stands among others
# description: >-
#   Reboot does all that other actions would, and None says that nothing is to be done: either
#   stands alone. The API server refuses the policy.
# custom:
#   subject: cluster_object
#   kinds: [MachineConfiguration]
#   severity: high
#   remediation: >-
#     Keep `Reboot` or `None` alone, or remove it.
#   since: 0.1.0
#   tags: [rollout]
#   references:
#     - https://github.com/openshift/api/blob/master/operator/v1/types_machineconfiguration.go
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_configuration/machine-config-node-disruption_machine-configs-configure
package rollgate.cluster.disruption_action_not_alone

import data.rollgate.lib.disruption
import data.rollgate.lib.result

deny contains finding if {
	some policy in disruption.policies(input.cluster_object.spec)
	count(policy.actions) > 1
	some index, action in policy.actions
	action.type in {"None", "Reboot"}
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(policy.path, ["actions", index])),
		sprintf("`%s` stands beside other actions", [action.type]),
	)
}
