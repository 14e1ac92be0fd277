# METADATA
# title: A registry of OpenShift is blocked
# description: >-
#   A registry configuration of the node blocks a registry from which the images of
#   OpenShift itself come. Blocking wins over mirrors: the node pulls no platform image
#   again, and the first update, or the first node that is replaced, does not come up.
# custom:
#   subject: machine_config
#   severity: critical
#   remediation: >-
#     Block registries in the cluster's Image config, which refuses this one, or narrow
#     the prefix.
#   since: 0.1.0
#   tags: [images, availability]
#   references:
#     - https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
package rollgate.machineconfig.payload_registry_blocked

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some path, file in input.machine_config.ignition.files
	regex.match(`^/etc/containers/registries\.conf(\.d/[^/]+\.conf)?$`, path)
	some registry in file.contents.parsed.registry
	registry.blocked == true
	prefix := object.get(registry, "prefix", object.get(registry, "location", ""))
	some repository in _payloads
	_covers(prefix, repository)
	finding := result.fail(file.contents.at, sprintf("file `%s` blocks `%s`, and with it the images of OpenShift", [path, prefix]))
}

_covers(prefix, repository) if prefix == repository

_covers(prefix, repository) if {
	prefix != ""
	startswith(repository, sprintf("%s/", [prefix]))
}

_covers(prefix, repository) if {
	startswith(prefix, "*.")
	endswith(split(repository, "/")[0], trim_prefix(prefix, "*"))
}

# Where the images of OpenShift, and of OKD now and before, come from. Mirrors do not matter here:
# images keep their own names.
_payloads := {
	"quay.io/okd/scos-content",
	"quay.io/openshift-release-dev/ocp-v4.0-art-dev",
	"quay.io/openshift/okd-content",
}
