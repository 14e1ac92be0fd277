# METADATA
# title: An extension is not shipped for the nodes
# description: >-
#   The Machine Config Operator accepts the extension, but the extensions image of this operating
#   system stream does not hold its packages, or not for this architecture. Rendering succeeds;
#   each node is drained, fails to install the packages and stays degraded.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the extension from this pool, or move its nodes to a stream and architecture that
#     ship it.
#   since: 0.1.0
#   needs: [target.release, target.stream, target.architecture]
#   tags: [extensions]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://github.com/openshift/os/tree/master/extensions
package rollgate.machineconfig.unavailable_extension

import data.rollgate.lib.result

deny contains finding if {
	some extension in input.machine_config.extensions
	data.rollgate_tables.extensions.allowed[input.target.release][extension.text]
	architectures := object.get(_available, extension.text, [])
	architecture := input.target.architecture
	not architecture in architectures
	finding := result.fail(extension.at, sprintf(
		"extension `%s` is not shipped for this stream and architecture: nodes fail to install it",
		[extension.text],
	))
}

# _available is undefined for streams that have no extensions image of their own.
_available := data.rollgate_tables.extensions.available[input.target.release][input.target.stream]
