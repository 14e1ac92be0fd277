# METADATA
# title: A configuration of the node does not parse
# description: >-
#   A file that CRI-O, the kubelet, the container tools or systemd read is not in their
#   language. A node that cannot read the configuration of its container runtime starts no
#   container; elsewhere the line is lost.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Correct the file; `podman info`, `crio config` and `jq` name the place.
#   since: 0.1.0
#   tags: [ignition, availability]
#   references:
#     - https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
#     - https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.d.5.md
package rollgate.machineconfig.invalid_config_file

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_config_file"
	finding := result.fail(problem.at, problem.text)
}
