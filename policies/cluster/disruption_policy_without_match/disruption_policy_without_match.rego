# METADATA
# title: A node disruption policy matches nothing
# description: >-
#   A path that is not absolute and clean is the path of no file, and a name without a suffix of
#   systemd that of no unit; the API takes no instance of a template either. The policy never
#   applies: a change does what it does without it, which is a reboot more often than not.
# custom:
#   subject: cluster_object
#   kinds: [MachineConfiguration]
#   severity: medium
#   remediation: >-
#     Write the whole path, or the whole name of the unit.
#   since: 0.1.0
#   tags: [rollout]
#   references:
#     - https://github.com/openshift/api/blob/master/operator/v1/types_machineconfiguration.go
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_configuration/machine-config-node-disruption_machine-configs-configure
package rollgate.cluster.disruption_policy_without_match

import data.rollgate.lib.result

deny contains finding if {
	some index, policy in input.cluster_object.spec.nodeDisruptionPolicy.files
	path := object.get(policy, "path", "")
	not _clean(path)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "nodeDisruptionPolicy", "files", index]),
		sprintf("`%v` is the path of no file", [path]),
	)
}

deny contains finding if {
	some index, policy in input.cluster_object.spec.nodeDisruptionPolicy.units
	name := object.get(policy, "name", "")
	not _unit(name)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "nodeDisruptionPolicy", "units", index]),
		sprintf("`%v` is the name of no unit", [name]),
	)
}

_clean(path) if {
	is_string(path)
	regex.match(`^(/[^/]+)+$`, path)
	not regex.match(`/[.]{1,2}(/|$)`, path)
}

_unit(name) if {
	is_string(name)
	regex.match(`^[a-zA-Z0-9:._\\-]*[a-zA-Z0-9:_\\-][.](service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)$`, name)
}
