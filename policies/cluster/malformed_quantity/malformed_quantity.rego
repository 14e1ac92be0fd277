# METADATA
# title: A size is no quantity
# description: >-
#   logSizeMax or overlaySize of a ContainerRuntimeConfig is malformed, or negative. The API server
#   refuses the one, and the Machine Config Operator the other.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Write a number with a unit of Kubernetes, such as `50M` or `8Gi`.
#   since: 0.1.0
#   tags: [runtime, syntax]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
#     - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
package rollgate.cluster.malformed_quantity

import data.rollgate.lib.result

deny contains finding if {
	some field in {"logSizeMax", "overlaySize"}
	size := input.cluster_object.spec.containerRuntimeConfig[field]
	size != null
	text := sprintf("%v", [size])
	not regex.match(`^[+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`, text)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", field]),
		sprintf("%s `%s` is no quantity such as `8Gi`", [field, text]),
	)
}
