# METADATA
# title: A resource cannot be reserved
# description: >-
#   systemReserved or kubeReserved of the kubelet names a resource that cannot be reserved, or
#   an amount that is no quantity. The Machine Config Operator does not look at it: every node
#   that gets it restarts a kubelet that exits at once, and stays NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Reserve `cpu`, `memory`, `ephemeral-storage` or `pid`, with amounts such as `500m`,
#     `1Gi` or `1000`.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/
#     - https://github.com/kubernetes/kubernetes/blob/master/cmd/kubelet/app/server.go
package rollgate.cluster.malformed_reservation

import data.rollgate.lib.quantity
import data.rollgate.lib.result

deny contains finding if {
	some field in {"kubeReserved", "systemReserved"}
	reserved := input.cluster_object.spec.kubeletConfig[field]
	is_object(reserved)
	some resource, amount in reserved
	fault := _fault(resource, amount)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", field, resource]),
		sprintf("%s: the kubelet does not start", [fault]),
	)
}

_fault(resource, _) := sprintf("`%s` cannot be reserved", [resource]) if not resource in _reservable

_fault(resource, amount) := sprintf("`%s` of `%s` is no quantity", [amount, resource]) if {
	resource in _reservable
	is_string(amount)
	not quantity.well_formed(amount)
}

_reservable := {"cpu", "ephemeral-storage", "memory", "pid"}
