# METADATA
# title: The nodes have no runc
# description: >-
#   RHEL CoreOS 10 does not have the container runtime runc. A node that is told to use it by
#   default starts no container; the Machine Config Operator of newer releases refuses to render the
#   pool.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: high
#   remediation: >-
#     Set `defaultRuntime` to `crun`, or remove it, before the nodes move to RHEL 10.
#   since: 0.1.0
#   tags: [runtime, upgrade]
#   needs: [target.stream]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/render/render_controller.go
package rollgate.cluster.runc_on_rhel_10

import data.rollgate.lib.result

deny contains finding if {
	input.cluster_object.spec.containerRuntimeConfig.defaultRuntime == "runc"
	some stream in _streams
	stream in {"centos-10", "rhel-10"}
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", "defaultRuntime"]),
		sprintf("nodes of `%s` have no runc, and start no container", [stream]),
	)
}

_streams contains stream if {
	some pool in input.cluster_object.pools
	stream := pool.os_image_stream
}

_streams contains input.target.stream if not _every_pool_names_one

_every_pool_names_one if {
	count(input.cluster_object.pools) > 0
	every pool in input.cluster_object.pools { pool.os_image_stream }
}
