# METADATA
# title: A registry of OpenShift is blocked
# description: >-
#   A registry configuration of the node blocks a registry from which the images of
#   OpenShift itself come, and gives it no mirror that is not blocked. The node pulls no
#   platform image again, and the first update, or the first node that is replaced, does not
#   come up.
# custom:
#   subject: machine_config
#   severity: critical
#   remediation: >-
#     Block registries in the cluster's Image config, which refuses this one, narrow the
#     prefix, or give the registry a mirror.
#   since: 0.1.0
#   tags: [images, availability]
#   parameters:
#     payload_repositories:
#       description: The repositories of the release's images, where no ClusterVersion tells them.
#       type: array
#       items: {type: string}
#       default: [quay.io/openshift-release-dev/ocp-release, quay.io/openshift-release-dev/ocp-v4.0-art-dev]
#   references:
#     - https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
package rollgate.machineconfig.payload_registry_blocked

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	not input.machine_config.generated
	count(_tables) > 0
	some repository in array.concat(data.parameters.payload_repositories, data.rollgate_tables.payload_repositories)
	some blocked in _chosen(repository)
	blocked.registry.blocked == true
	not _has_open_mirror(blocked.registry)
	finding := result.fail(blocked.at, sprintf("file `%s` blocks `%s`, and with it the images of OpenShift", [blocked.path, blocked.prefix]))
}

# Of the tables that cover an image, the container tools choose the one with the most specific prefix.
_chosen(repository) := {table |
	prefix := scope.most_specific({table.prefix | some table in _tables}, repository)
	some table in _tables
	table.prefix == prefix
}

# Blocked, a registry is not asked, and its mirrors are: that is how NeverContactSource is written.
_has_open_mirror(registry) if {
	some mirror in registry.mirror
	location := mirror.location
	count([table | some table in _chosen(location); table.registry.blocked == true]) == 0
}

_tables contains {"path": path, "at": file.contents.at, "prefix": _prefix(registry), "registry": registry} if {
	some path, file in input.machine_config.ignition.files
	regex.match(`^/etc/containers/registries\.conf(\.d/[^/]+\.conf)?$`, path)
	some registry in file.contents.parsed.registry
}

# An empty prefix is one that is not given.
_prefix(registry) := registry.prefix if registry.prefix != ""

else := object.get(registry, "location", "")
