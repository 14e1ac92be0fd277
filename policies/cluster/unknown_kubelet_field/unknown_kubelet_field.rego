# METADATA
# title: The kubelet has no such field
# description: >-
#   A KubeletConfig sets a field that the kubelet does not have. The API server keeps what stands
#   under kubeletConfig as it is, and the Machine Config Operator drops what it does not know: the
#   setting has no effect, and nobody is told. A field that differs in case only is taken, and judged
#   by no other rule.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: medium
#   remediation: >-
#     Correct the spelling. What OpenShift has elsewhere, such as feature gates, does not belong
#     here.
#   since: 0.1.0
#   tags: [kubelet, syntax]
#   references:
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.cluster.unknown_kubelet_field

import data.rollgate.lib.result

deny contains finding if {
	some field, _ in input.cluster_object.spec.kubeletConfig
	not data.rollgate_tables.kubelet_fields[field]
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", field]),
		_message(field),
	)
}

# The operator does not mind the case of a name; other readers do, and so do the other rules.
_message(field) := sprintf("`%s` of the kubelet is written `%s`", [known, field]) if {
	some known, _ in data.rollgate_tables.kubelet_fields
	lower(known) == lower(field)
} else := sprintf("the kubelet has no field `%s`: it is dropped silently", [field])
