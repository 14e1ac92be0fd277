# METADATA
# title: A field of the kubelet has the wrong type
# description: >-
#   A KubeletConfig gives a field of the kubelet a value of another type than it takes. The Machine
#   Config Operator cannot read any of it then, applies nothing, and does not render the pool until
#   it is mended. Times and resources are strings: `cpu: "1"`, not `cpu: 1`.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Write the value in the type that the field takes.
#   since: 0.1.0
#   tags: [kubelet, syntax]
#   references:
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.cluster.wrong_kubelet_type

import data.rollgate.lib.duration
import data.rollgate.lib.result

deny contains finding if {
	some field, value in input.cluster_object.spec.kubeletConfig
	wanted := data.rollgate_tables.kubelet_fields[field]
	not _fits(wanted, value)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", field]),
		sprintf("`%s` takes %s", [field, _words[wanted]]),
	)
}

# A time that the kubelet reads, as `1m30s`.
deny contains finding if {
	some field, value in input.cluster_object.spec.kubeletConfig
	data.rollgate_tables.kubelet_fields[field] == "duration"
	is_string(value)
	not duration.well_formed(value)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", field]),
		sprintf("`%s` is no time such as `1m30s`", [field]),
	)
}

_fits(_, value) if value == null

_fits("boolean", value) if is_boolean(value)

_fits("integer", value) if {
	is_number(value)
	value == floor(value)
}

_fits("number", value) if is_number(value)

_fits(wanted, value) if {
	wanted in {"duration", "string"}
	is_string(value)
}

_fits("list", value) if is_array(value)

_fits("map", value) if is_object(value)

_fits("strings", value) if {
	is_array(value)
	every item in value { is_string(item) }
}

_fits("map of strings", value) if {
	is_object(value)
	every item in value { is_string(item) }
}

_words := {
	"boolean": "a boolean",
	"duration": "a string such as `1m30s`",
	"integer": "a whole number",
	"list": "a list",
	"map": "a mapping",
	"map of strings": "a mapping with strings for values",
	"number": "a number",
	"string": "a string",
	"strings": "a list of strings",
}
