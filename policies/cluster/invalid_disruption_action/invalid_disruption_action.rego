# METADATA
# title: An action on a change cannot be taken
# description: >-
#   An action of a node disruption policy is of no type that the operator takes, or is to reload or
#   restart something that is not named or no unit, or what another action restarts. The API server refuses the policy; a unit that
#   nodes do not have lets every change to them fail.
# custom:
#   subject: cluster_object
#   kinds: [MachineConfiguration]
#   severity: high
#   remediation: >-
#     Choose one of `Reboot`, `Drain`, `Reload`, `Restart`, `DaemonReload` and `None`, and name a
#     unit such as `crio.service` for `reload` and `restart`.
#   since: 0.1.0
#   tags: [rollout]
#   references:
#     - https://github.com/openshift/api/blob/master/operator/v1/types_machineconfiguration.go
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_configuration/machine-config-node-disruption_machine-configs-configure
package rollgate.cluster.invalid_disruption_action

import data.rollgate.lib.disruption
import data.rollgate.lib.result

deny contains finding if {
	some policy in disruption.policies(input.cluster_object.spec)
	some index, action in policy.actions
	some fault in _faults(action)
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(policy.path, ["actions", index])),
		fault,
	)
}

_faults(action) := (_of_type(action) | _of_unit(action)) | _of_another(action)

_of_type(action) := {sprintf("there is no action `%v`", [kind]) |
	kind := object.get(action, "type", "")
	not kind in {"DaemonReload", "Drain", "None", "Reboot", "Reload", "Restart"}
}

_of_unit(action) := {sprintf("`%s` names no unit such as `crio.service`: `%v`", [action.type, service]) |
	field := _fields[action.type]
	service := object.get(action, [field, "serviceName"], "")
	not _unit(service)
}

_of_another(action) := {sprintf("`%s` has a `%s`, which it does not take", [action.type, field]) |
	some kind, field in _fields
	action[field] != null
	action.type != kind
}

_fields := {"Reload": "reload", "Restart": "restart"}

# The API takes no instance of a template, as `getty@tty1.service`.
_unit(name) if {
	is_string(name)
	count(name) <= 255
	regex.match(`^[a-zA-Z0-9:._\\-]+[.](service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)$`, name)
}
