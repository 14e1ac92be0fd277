# METADATA
# title: The container runtime is not shipped for the nodes
# description: >-
#   A drop-in of CRI-O makes `runc` the default runtime. The operating system of version 10
#   has no `runc`, so no container starts on a node that gets both.
# custom:
#   subject: machine_config
#   severity: critical
#   remediation: >-
#     Remove the drop-in, or set `default_runtime = "crun"`; a ContainerRuntimeConfig is
#     the supported way.
#   since: 0.1.0
#   needs: [target.stream]
#   tags: [runtime, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/render/render_controller.go
package rollgate.machineconfig.unavailable_runtime

import data.rollgate.lib.result

deny contains finding if {
	input.target.stream in {"centos-10", "rhel-10"}
	some path, file in input.machine_config.ignition.files
	startswith(path, "/etc/crio/crio.conf")
	file.contents.parsed.crio.runtime.default_runtime == "runc"
	finding := result.fail(file.contents.at, sprintf("file `%s` makes `runc` the default runtime, which %s does not have", [path, input.target.stream]))
}
