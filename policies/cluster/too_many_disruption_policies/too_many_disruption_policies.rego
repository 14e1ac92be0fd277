# METADATA
# title: Node disruption policies are listed twice or are too many
# description: >-
#   Of files and of units, a MachineConfiguration takes 50 policies each, with 10 actions each, and
#   one for each path or name. The API server refuses others.
# custom:
#   subject: cluster_object
#   kinds: [MachineConfiguration]
#   severity: high
#   remediation: >-
#     Keep one policy for each path, and give a folder one instead of each of its files.
#   since: 0.1.0
#   tags: [rollout]
#   references:
#     - https://github.com/openshift/api/blob/master/operator/v1/types_machineconfiguration.go
package rollgate.cluster.too_many_disruption_policies

import data.rollgate.lib.disruption
import data.rollgate.lib.result

deny contains finding if {
	some [field, key] in [["files", "path"], ["units", "name"]]
	policies := input.cluster_object.spec.nodeDisruptionPolicy[field]
	some index, policy in policies
	fault := _fault(index, policy[key], [earlier[key] | some earlier in array.slice(policies, 0, index)])
	finding := result.fail(result.at(input.cluster_object.at, ["spec", "nodeDisruptionPolicy", field, index]), fault)
}

deny contains finding if {
	some policy in disruption.policies(input.cluster_object.spec)
	count(policy.actions) > 10
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(policy.path, ["actions"])),
		sprintf("there are %d actions, and 10 are taken", [count(policy.actions)]),
	)
}

_fault(index, _, _) := "there are more than the 50 policies that are taken" if index == 50

_fault(index, name, earlier) := sprintf("`%v` has a policy already", [name]) if {
	index != 50
	name in earlier
}
