# METADATA
# title: Container logs are cut to almost nothing
# description: >-
#   logSizeMax of a ContainerRuntimeConfig is not above 8 KiB, which is what the runtime reads at
#   once. The Machine Config Operator refuses it, and does not render the pool until it is mended.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Raise `logSizeMax`, for example to `50M`, or remove it.
#   since: 0.1.0
#   tags: [runtime]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/ContainerRuntimeConfigDesign.md
package rollgate.cluster.log_size_max_too_low

import data.rollgate.lib.result

deny contains finding if {
	size := input.cluster_object.spec.containerRuntimeConfig.logSizeMax
	bytes := units.parse_bytes(sprintf("%v", [size]))
	bytes > 0
	bytes <= _read_at_once
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", "logSizeMax"]),
		sprintf("logSizeMax `%v` is not above 8 KiB: the operator refuses it", [size]),
	)
}

_read_at_once := 8192
