# METADATA
# title: The kubelet does not take a value
# description: >-
#   A KubeletConfig gives a field of the kubelet a value of the right type that the kubelet
#   does not take. The Machine Config Operator does not look at it: every node that gets it
#   restarts a kubelet that exits at once, and stays NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Write one of the values, or a number in the range, that the message tells.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/apis/config/validation/validation.go
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
package rollgate.cluster.invalid_kubelet_value

import data.rollgate.lib.result

deny contains finding if {
	some field, value in input.cluster_object.spec.kubeletConfig
	takes := data.rollgate_tables.kubelet_values[field]
	fault := _fault(takes, value)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", field]),
		sprintf("`%s` %s: the kubelet does not start", [field, fault]),
	)
}

_fault(takes, value) := sprintf("is `%s`, and not one of `%s`", [value, concat("`, `", takes.values)]) if {
	is_string(value)
	values := takes.values
	not value in values
	value != "" # is left to the default
}

_fault(takes, values) := sprintf("has `%s`, which is not one of `%s`", [unknown[0], concat("`, `", takes.values)]) if {
	is_array(values)
	taken := takes.values
	unknown := [value | some value in values; is_string(value); not value in taken]
	count(unknown) > 0
}

_fault(takes, value) := sprintf("is %v, and at least %v is taken", [value, takes.minimum]) if {
	is_number(value)
	value < takes.minimum
}

_fault(takes, value) := sprintf("is %v, and at most %v is taken", [value, takes.maximum]) if {
	is_number(value)
	value > takes.maximum
}
