# METADATA
# title: Pods may have too few processes
# description: >-
#   podPidsLimit of the kubelet, or pidsLimit of the container runtime, is so low that containers of
#   the platform itself cannot start their threads. What hits the limit fails with errors that name
#   something else. The Machine Config Operator refuses a pidsLimit below 20, also a negative one, and
#   does not render the pool until it is mended.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig, ContainerRuntimeConfig]
#   severity: medium
#   remediation: >-
#     Raise the limit; 4096 is the default of a pod, and a container needs at least 20.
#   since: 0.1.0
#   tags: [kubelet, runtime]
#   parameters:
#     min_pids_limit:
#       description: How many processes a pod or container must be allowed.
#       type: integer
#       minimum: 20
#       default: 100
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
package rollgate.cluster.pod_pids_limit_too_low

import data.rollgate.lib.result

deny contains finding if {
	some path in [["kubeletConfig", "podPidsLimit"], ["containerRuntimeConfig", "pidsLimit"]]
	limit := object.get(input.cluster_object.spec, path, null)
	is_number(limit)
	not _unlimited(path, limit)
	limit < data.parameters.min_pids_limit
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec"], path)),
		sprintf("`%v` processes are too few: at least %v are needed", [limit, data.parameters.min_pids_limit]),
	)
}

_unlimited(_, limit) if limit == 0

_unlimited(["kubeletConfig", "podPidsLimit"], limit) if limit < 0
