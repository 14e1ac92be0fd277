# METADATA
# title: A registry, repository or scope is malformed
# description: >-
#   A scope of an image policy, an entry of the Image config, or a source or mirror is none that
#   nodes can match an image with: with a scheme, without a domain, or with a wildcard elsewhere
#   than at its start. The API server refuses it, or the Machine Config Operator stops writing the
#   registries of nodes.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, Image, ImageContentSourcePolicy, ImageDigestMirrorSet, ImagePolicy, ImageTagMirrorSet]
#   severity: high
#   remediation: >-
#     Write `registry.example.com`, `registry.example.com/team/image`, or `*.example.com`.
#   since: 0.1.0
#   tags: [registry, syntax]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_policy.go
package rollgate.cluster.malformed_scope

import data.rollgate.lib.result

deny contains finding if {
	some [path, text] in _scopes
	is_string(text)
	not regex.match(_scope, text)
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec"], path)),
		sprintf("`%s` is no registry, repository or `*.` and a domain", [text]),
	)
}

_scopes contains [["scopes", index], text] if some index, text in input.cluster_object.spec.scopes

_scopes contains [["registrySources", field, index], text] if {
	some field in {"allowedRegistries", "blockedRegistries", "insecureRegistries"}
	some index, text in input.cluster_object.spec.registrySources[field]
}

_scopes contains [[field, index, "source"], text] if {
	some field in _mirror_fields
	some index, entry in input.cluster_object.spec[field]
	text := entry.source
}

_scopes contains [[field, index, "mirrors", position], text] if {
	some field in _mirror_fields
	some index, entry in input.cluster_object.spec[field]
	some position, text in entry.mirrors
}

_mirror_fields := {"imageDigestMirrors", "imageTagMirrors", "repositoryDigestMirrors"}

_scope := `^([*]([.][a-zA-Z0-9-]+)+|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@[A-Za-z0-9]+:[0-9a-fA-F]{32,})?)$`
