# METADATA
# title: The container runtime has no such log level
# description: >-
#   logLevel of a ContainerRuntimeConfig is none that CRI-O knows. The Machine Config Operator
#   refuses it, and does not render the pool until it is mended.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Choose one of `fatal`, `panic`, `error`, `warn`, `info`, `debug` and `trace`.
#   since: 0.1.0
#   tags: [runtime]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
package rollgate.cluster.unknown_runtime_log_level

import data.rollgate.lib.result

deny contains finding if {
	level := input.cluster_object.spec.containerRuntimeConfig.logLevel
	not level in {"", "debug", "error", "fatal", "info", "panic", "trace", "warn", null}
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", "logLevel"]),
		sprintf("CRI-O has no log level `%v`", [level]),
	)
}
