# METADATA
# title: A registry, repository or scope is malformed
# description: >-
#   A scope of an image policy, an entry of the Image config, or a source or mirror is none that
#   nodes can match an image with: with a scheme, without a domain, with a tag where mirrors are
#   named, or with a wildcard elsewhere than at its start. The API server refuses it, or the Machine Config Operator stops writing the
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
	some [path, text, pattern] in _scopes
	is_string(text)
	not regex.match(pattern, text)
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec"], path)),
		sprintf("`%s` is no %s", [text, _takes[pattern]]),
	)
}

_scopes contains [["scopes", index], text, _scope] if some index, text in input.cluster_object.spec.scopes

_scopes contains [array.concat(["policy", "signedIdentity"], path), text, _repository] if {
	some path in [["exactRepository", "repository"], ["remapIdentity", "prefix"], ["remapIdentity", "signedPrefix"]]
	text := object.get(input.cluster_object.spec, array.concat(["policy", "signedIdentity"], path), "")
	text != "" # `cluster.incomplete-signed-identity`
}

_scopes contains [["registrySources", field, index], text, _registry] if {
	some field in {"allowedRegistries", "blockedRegistries", "insecureRegistries"}
	some index, text in input.cluster_object.spec.registrySources[field]
}

_scopes contains [[field, index, "source"], text, _source] if {
	some field in _mirror_fields
	some index, entry in input.cluster_object.spec[field]
	text := entry.source
}

_scopes contains [[field, index, "mirrors", position], text, _mirror] if {
	some field in _mirror_fields
	some index, entry in input.cluster_object.spec[field]
	some position, text in entry.mirrors
}

_mirror_fields := {"imageDigestMirrors", "imageTagMirrors", "repositoryDigestMirrors"}

_takes := {
	_mirror: "registry or repository without a tag and a digest",
	_registry: "registry, repository or `*.` and a domain",
	_repository: "registry with a domain, or repository of one, without a tag and a digest",
	_scope: "registry with a domain, repository of one or `*.` and a domain",
	_source: "registry, repository or `*.` and a domain, without a tag and a digest",
}

# Of openshift/api, and for the Image config of runtime-utils `pkg/registries`.
_mirror := `^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$`

_source := `^([*]([.][a-zA-Z0-9-]+)+|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)$`

_repository := `^(localhost|[a-zA-Z0-9][a-zA-Z0-9-]*([.][a-zA-Z0-9-]*[a-zA-Z0-9])+)(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$`

_scope := `^([*]([.][a-zA-Z0-9-]+)+|(localhost|[a-zA-Z0-9][a-zA-Z0-9-]*([.][a-zA-Z0-9-]*[a-zA-Z0-9])+)(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@[A-Za-z0-9]+:[0-9a-fA-F]{32,})?)$`

_registry := `^([*]([.][a-zA-Z0-9-]+)+|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@[A-Za-z0-9]+:[0-9a-fA-F]{32,})?)$`
