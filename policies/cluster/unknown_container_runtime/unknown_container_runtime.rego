# METADATA
# title: There is no such container runtime
# description: >-
#   defaultRuntime of a ContainerRuntimeConfig is neither crun nor runc: the API server refuses it.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Set `defaultRuntime` to `crun`, or remove it.
#   since: 0.1.0
#   tags: [runtime]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
package rollgate.cluster.unknown_container_runtime

import data.rollgate.lib.result

deny contains finding if {
	runtime := input.cluster_object.spec.containerRuntimeConfig.defaultRuntime
	not runtime in {"", "crun", "runc", null}
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", "defaultRuntime"]),
		sprintf("`%v` is neither `crun` nor `runc`", [runtime]),
	)
}
