# METADATA
# title: A size is no quantity
# description: >-
#   logSizeMax or overlaySize of a ContainerRuntimeConfig is malformed, which the API server refuses,
#   or overlaySize is negative, which the Machine Config Operator refuses. A negative logSizeMax is
#   none: it stands for no limit.
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

import data.rollgate.lib.quantity
import data.rollgate.lib.result

deny contains finding if {
	some field in {"logSizeMax", "overlaySize"}
	size := input.cluster_object.spec.containerRuntimeConfig[field]
	size != null
	text := sprintf("%v", [size])
	not _taken(field, text)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", field]),
		sprintf("%s `%s` is no quantity such as `8Gi`", [field, text]),
	)
}

_taken(_, text) if quantity.well_formed(text)

_taken("logSizeMax", text) if {
	startswith(text, "-")
	quantity.well_formed(substring(text, 1, -1))
}
